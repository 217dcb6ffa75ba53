// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.broker.EmbeddedBroker;
import io.freshet.schema.Interaction;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a browser, beside a real broker with made-up records. */
@Timeout(240)
class PageE2E {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static EmbeddedBroker broker;
  private static Browser browser;

  private MadeTopics topics;
  private Monitor monitor;

  @BeforeAll
  static void start(@TempDir Path directory, @TempDir Path profile) throws Exception {
    browser = Browser.start(profile);
    broker = EmbeddedBroker.start(directory);
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      browser.close();
      broker.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    topics = new MadeTopics(broker, UUID.randomUUID().toString().substring(0, 8) + ".");
    serve(0);
    browser.complaints();
    browser.look(1280, 800, "light");
    browser.driver().get(monitor.address());
    browser.await("the first state", PATIENCE, "document.querySelector('.tile')");
  }

  @AfterEach
  void close() {
    browser.driver().get("about:blank");
    monitor.close();
    topics.close();
  }

  @Test
  void itSaysWhatIsMissingAndFillsAsRecordsCome() throws Exception {
    browser.await(
        "missing topics are named",
        PATIENCE,
        "document.getElementById('notices').textContent.includes('"
            + topics.names.codebook()
            + "')");
    assertThat(browser.text("#chart-error")).contains("No re-fit yet: topic");
    assertThat(browser.text("#usage")).contains("No re-fit yet: topic");

    topics.createAll();
    browser.await(
        "empty topics are named",
        PATIENCE,
        "document.querySelector('#chart-error .plot').textContent.includes('is empty')");
    assertThat(browser.text("#notices")).isEmpty();

    long now = System.currentTimeMillis();
    for (int version = 1; version <= 5; version++) {
      for (int level = 0; level <= MadeRecords.LEVELS; level++) {
        topics.send(MadeRecords.drift(level, version, now + version, 0.3));
      }
      topics.send(MadeRecords.window("freshet", version, now + version, 0.4));
      topics.send(MadeRecords.window("popularity", version, now + version, 0.1));
    }
    topics.flush();
    browser.await(
        "the charts",
        PATIENCE,
        "document.querySelectorAll('#codebook-charts canvas').length === 4");
    assertThat(browser.text("#chart-error .legend")).contains("L1 0.300").contains("L3 0.300");
    assertThat(browser.text("#usage")).contains("15 of 16 used").contains("1 dead");
    assertThat(
            (String) browser.run("return document.querySelector('#chart-quality .plot').ariaLabel"))
        .startsWith("Recall@20 in share")
        .contains("freshet: now 0.400");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void anAlarmIsSeenAndSaidWhenItComesAndWhenItGoes() throws Exception {
    topics.createAll();
    long now = System.currentTimeMillis();
    topics.send(MadeRecords.drift(1, 1, now, 0.3));
    topics.flush();
    browser.await("the re-fit", PATIENCE, "document.querySelector('#chart-error canvas')");

    topics.send(MadeRecords.drift(1, 2, now + 10, 0.5, MadeRecords.alarm("error", 1, now + 5)));
    topics.flush();
    browser.await(
        "the alarm is said",
        PATIENCE,
        "document.getElementById('announcement').textContent === 'Alarm: error, level 1.'");
    assertThat(browser.text("#alarm-table tbody tr"))
        .startsWith("▲ stands")
        .contains("page-hinkley");
    assertThat(browser.text("#tiles [data-state=alarm]")).contains("▲ 1 stands");

    topics.send(MadeRecords.drift(1, 3, now + 20, 0.3));
    topics.flush();
    browser.await(
        "its end is said",
        PATIENCE,
        "document.getElementById('announcement').textContent === 'Cleared: error, level 1.'");
    assertThat(browser.text("#alarm-table tbody tr")).startsWith("cleared");
  }

  @Test
  void aLostMonitorIsSaidAndThePageComesBackByItself() throws Exception {
    int port = URI.create(monitor.address()).getPort();
    monitor.close();
    browser.await(
        "the loss",
        PATIENCE,
        "document.getElementById('connection').dataset.state === 'lost'"
            + " && !document.getElementById('lost').hidden");
    assertThat(browser.text("#lost")).contains("has not answered since");

    serve(port);
    browser.await(
        "the return",
        PATIENCE,
        "document.getElementById('connection').dataset.state === 'live'"
            + " && document.getElementById('lost').hidden");
    // The browser itself complains of what could not be loaded.
    assertThat(browser.complaints()).allMatch(text -> text.contains("ERR_"));
  }

  @Test
  void aUserIsFoundByKeyboardAndShownAsTextOnly() throws Exception {
    topics.createAll();
    String id = "<img src=x onerror=alert(1)>";
    topics.send(MadeRecords.list(id, 1000, 2000, 3, 1, 7));
    topics.send(MadeRecords.list("near", 1000, 2000, 3, 1, 8));
    topics.send(Interaction.of("e1", id, "<b>i9</b>", "click", 1000));
    topics.flush();
    browser.await(
        "both are held",
        PATIENCE,
        "document.getElementById('held').textContent.startsWith('2 users held')");

    WebElement skip = browser.driver().findElement(By.tagName("body"));
    skip.sendKeys(Keys.TAB);
    assertThat(browser.driver().switchTo().activeElement().getText()).contains("Skip to");
    browser.driver().findElement(By.id("user-id")).sendKeys(id, Keys.ENTER);

    browser.await(
        "the list", PATIENCE, "document.querySelectorAll('#look-up-result tbody tr').length > 20");
    assertThat(browser.text("#look-up-status")).startsWith("User " + id + ": 20 items");
    assertThat(browser.text("#look-up-result"))
        .contains("<b>i9</b>")
        .contains("1 held user has the first 2 of 3 codes");
    assertThat(browser.run("return document.querySelectorAll('img').length")).isEqualTo(0L);
    assertThat(browser.driver().switchTo().activeElement().getAttribute("id")).isEqualTo("user-id");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void everyControlHasANameAndNothingOverflowsAPhone() throws Exception {
    topics.createAll();
    topics.send(MadeRecords.drift(1, 1, System.currentTimeMillis(), 0.3));
    topics.flush();
    browser.await("the re-fit", PATIENCE, "document.querySelector('#chart-error canvas')");
    for (WebElement control :
        browser.driver().findElements(By.cssSelector("button, input, a, summary, [role=region]"))) {
      if (!control.isDisplayed()) {
        continue;
      }
      assertThat(control.getAccessibleName()).as(control.getAttribute("outerHTML")).isNotBlank();
    }
    assertThat(browser.run("return document.querySelectorAll('h1').length")).isEqualTo(1L);

    browser.look(390, 844, "dark");
    browser.await("dark", PATIENCE, "document.documentElement.dataset.theme === 'dark'");
    assertThat(browser.overflowing()).isEmpty();
  }

  private void serve(int port) throws Exception {
    monitor =
        Monitor.start(
            MonitorPort.bind(port), new MonitorOptions(topics.connection, topics.names, 100, null));
  }
}

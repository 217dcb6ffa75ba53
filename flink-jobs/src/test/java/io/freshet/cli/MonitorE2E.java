// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.monitor.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The live page of a demo, in a browser. {@code mvn verify -Dit.test=MonitorE2E -Dupdate} puts the
 * pictures that it takes into the documentation.
 */
@Timeout(420)
class MonitorE2E {
  private static final Path PICTURES =
      System.getProperty("update") == null
          ? Path.of("target", "pictures")
          : Path.of("..", "deploy", "docs", "images");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long LARGEST_PICTURE = 300_000;
  // All tastes swap a minute after the start; the pictures are to show what comes of it.
  private static final Duration UNTIL_AFTER_THE_SWAP = Duration.ofSeconds(150);

  @TempDir private Path directory;
  @TempDir private Path profile;

  @Test
  void thePageOfADemoMovesFindsAUserAndComplainsOfNothing() throws Exception {
    try (Browser browser = Browser.start(profile);
        Launched demo =
            Launched.freshet(directory, "demo", "--monitor-port=0", "--set=web.port=0")) {
      String address = demo.awaitSaid("Live page +(http://127\\.0\\.0\\.1:\\d+/)", 120).group(1);
      browser.look(1280, 800, "light");
      browser.driver().get(address);

      browser.await(
          "events", PATIENCE, "parseInt(document.querySelector('.value')?.textContent) > 0");
      browser.await("lists", PATIENCE, says("#tiles", "p99"));
      browser.await("quality", PATIENCE, says("#chart-quality .legend", "popularity 0."));
      browser.await("a re-fit", PATIENCE, says("#chart-error .legend", "L3 0."));
      for (String chart : new String[] {"rate", "lag", "latency", "quality", "error", "changed"}) {
        assertMoves(browser, chart);
      }

      String user = demo.awaitSaid("  (\\S+) now gets: ", 60).group(1);
      browser.driver().findElement(By.id("user-id")).sendKeys(user, Keys.ENTER);
      browser.await("the user", PATIENCE, says("#look-up-status", "User " + user + ": 20 items"));
      browser.await(
          "the user's codes", PATIENCE, "document.querySelectorAll('.path b').length >= 3");
      browser.await("neighbours", PATIENCE, says("#look-up-result", "those with the newest lists"));
      assertTable(browser);

      browser.await(
          "the swap has passed",
          UNTIL_AFTER_THE_SWAP,
          "document.querySelector('#chart-quality .plot') && performance.now() > 125000");
      browser.run("scrollTo(0, 0); document.activeElement.blur()");
      picture(browser, "monitor-light.png", false);
      browser.look(1280, 800, "dark");
      browser.await("dark", PATIENCE, "document.documentElement.dataset.theme === 'dark'");
      picture(browser, "monitor-dark.png", false);
      browser.run("document.getElementById('look-up').scrollIntoView()");
      picture(browser, "monitor-look-up.png", false);
      browser.look(390, 844, "light");
      browser.run("scrollTo(0, 0)");
      assertThat(browser.overflowing()).isEmpty();
      picture(browser, "monitor-phone.png", false);

      assertThat(browser.complaints()).isEmpty();
      demo.interrupt();
      assertThat(demo.end(60).code()).isZero();
      browser.await(
          "the end is said",
          PATIENCE,
          "document.getElementById('connection').dataset.state === 'lost'");
    }
  }

  private static String says(String selector, String text) {
    return "document.querySelector('" + selector + "')?.textContent.includes('" + text + "')";
  }

  /** What is drawn changes, not only the figures beside it. */
  private static void assertMoves(Browser browser, String chart) throws InterruptedException {
    String canvas = "document.querySelector('#chart-" + chart + " canvas')";
    browser.await(chart + " is drawn", PATIENCE, canvas);
    Object before = browser.run("return " + canvas + ".toDataURL()");
    browser.run("window.before = arguments[0]", before);
    browser.await(chart + " moves", PATIENCE, canvas + ".toDataURL() !== window.before");
  }

  /** The same figures are there as a table, by keyboard. */
  private static void assertTable(Browser browser) throws InterruptedException {
    WebElement button = browser.driver().findElement(By.cssSelector("#chart-rate button"));
    button.sendKeys(Keys.ENTER);
    browser.await(
        "the table", PATIENCE, "document.querySelectorAll('#chart-rate tbody tr').length > 5");
    assertThat(button.getAttribute("aria-pressed")).isEqualTo("true");
    button.sendKeys(Keys.ENTER);
    browser.await(
        "the chart again", PATIENCE, "document.querySelector('#chart-rate canvas').offsetParent");
  }

  private static void picture(Browser browser, String name, boolean whole) throws Exception {
    Thread.sleep(2_500); // a state comes every two seconds
    Path file = PICTURES.resolve(name);
    browser.picture(file, whole);
    assertThat(Files.size(file)).isBetween(10_000L, LARGEST_PICTURE);
  }
}

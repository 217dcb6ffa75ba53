// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium of this machine, with a profile of its own. */
public final class Browser implements AutoCloseable {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<String> DRIVERS = List.of("chromedriver");

  private final ChromeDriverService service;
  private final ChromeDriver driver;

  private Browser(ChromeDriverService service, ChromeDriver driver) {
    this.service = service;
    this.driver = driver;
  }

  /**
   * Starts one; skips the test where none is installed.
   *
   * @param profile an empty directory
   */
  public static Browser start(Path profile) {
    Path browser = onPath(BROWSERS);
    Path driver = onPath(DRIVERS);
    assumeTrue(
        browser != null && driver != null,
        "skipped: the live page is tested in Chromium, which is not installed"
            + " (on Debian: apt-get install chromium chromium-driver)");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    // Named, so that nothing is looked for elsewhere.
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(service, new ChromeDriver(service, options));
  }

  private static Path onPath(List<String> names) {
    for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
      for (String name : names) {
        Path file = Path.of(directory, name);
        if (Files.isExecutable(file)) {
          return file;
        }
      }
    }
    return null;
  }

  /** What Selenium offers. */
  public ChromeDriver driver() {
    return driver;
  }

  /** A window of this size, on a phone below 500 pixels, with a system that is light or dark. */
  public void look(int width, int height, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Runs a script in the page. */
  public Object run(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  /** Text of the first element that a selector finds; empty where there is none. */
  public String text(String selector) {
    return (String) run("return document.querySelector(arguments[0])?.textContent ?? ''", selector);
  }

  /** Waits until a script gives true. */
  public void await(String what, Duration patience, String script) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!Boolean.TRUE.equals(run("return Boolean(" + script + ")"))) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "did not happen within " + patience + ": " + what + "; the page says: " + text("body"));
      }
      Thread.sleep(250);
    }
  }

  /** Takes a picture of what is to be seen, or of the whole page. */
  public void picture(Path file, boolean whole) throws IOException {
    Map<String, Object> options = new HashMap<>(Map.of("format", "png"));
    options.put("captureBeyondViewport", whole);
    Object data = driver.executeCdpCommand("Page.captureScreenshot", options).get("data");
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode((String) data));
  }

  /** Errors and warnings on the console since it was asked last. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Where a page overflows its window to the right: ids, or class names, of what does. */
  public List<String> overflowing() {
    String found =
        (String)
            run(
                "const wide = document.documentElement.clientWidth;"
                    + "return [...document.querySelectorAll('body *')].filter((e) =>"
                    + " e.getBoundingClientRect().right > wide + 1 && !e.closest('.scroll, .data, .unseen'))"
                    + ".map((e) => e.id || e.className || e.tagName).join('\\n')");
    return found.isEmpty() ? List.of() : Arrays.asList(found.split("\n"));
  }

  @Override
  public void close() {
    driver.quit();
    service.stop();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** The page's own files and the charting library, from the class path. */
final class StaticFiles {
  private static final String OWN = "/monitor/";
  // A new version of the jar is a new path here; a test reads it.
  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private final Map<String, File> files = new HashMap<>();

  /**
   * A file.
   *
   * @param type its media type
   * @param bytes what is in it
   */
  record File(String type, byte[] bytes) {}

  /**
   * Reads them all: what is not here is not served.
   *
   * @throws IllegalStateException if one is not on the class path
   */
  StaticFiles() {
    add("/", OWN + "index.html", "text/html; charset=utf-8");
    add("/favicon.svg", OWN + "favicon.svg", "image/svg+xml");
    add("/monitor.css", OWN + "monitor.css", STYLE);
    for (String module :
        new String[] {
          "alarms",
          "chart",
          "charts",
          "codebook",
          "format",
          "lookup",
          "main",
          "series",
          "theme",
          "tiles"
        }) {
      add("/" + module + ".js", OWN + module + ".js", SCRIPT);
    }
    add("/uplot.js", CHARTS + "uPlot.esm.js", SCRIPT);
    add("/uplot.css", CHARTS + "uPlot.min.css", STYLE);
  }

  private void add(String path, String resource, String type) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            resource + " is not on the class path; deploy/freshet puts it there");
      }
      files.put(path, new File(type, in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is at a path; null for nothing. */
  File at(String path) {
    return files.get(path);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/** The checkpoints and savepoints that lie in a local {@code checkpoint.dir}. */
public final class Checkpoints {
  private static final String COMPLETE = "_metadata";
  private static final int DEPTH = 3; // directory / job id / chk-n / _metadata

  private Checkpoints() {}

  /**
   * The directory of the newest complete checkpoint or savepoint; null when there is none.
   *
   * @param directory a path, or a URI of scheme {@code file}
   * @throws IOException if the directory cannot be read
   * @throws IllegalArgumentException if it is a URI of another scheme
   */
  public static Path latest(String directory) throws IOException {
    String uri = FlinkSettings.uri(directory);
    if (!uri.startsWith("file:")) {
      throw new IllegalArgumentException(
          "cannot look for the latest checkpoint in " + uri + "; name the checkpoint itself");
    }
    Path root = Path.of(URI.create(uri.replaceFirst("^file:/+", "file:///")));
    if (!Files.isDirectory(root)) {
      return null;
    }
    Path latest = null;
    FileTime time = null;
    try (Stream<Path> files = Files.walk(root, DEPTH)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.endsWith(COMPLETE)) {
          FileTime modified = Files.getLastModifiedTime(file);
          if (time == null || modified.compareTo(time) > 0) {
            latest = file.getParent();
            time = modified;
          }
        }
      }
    }
    return latest;
  }
}

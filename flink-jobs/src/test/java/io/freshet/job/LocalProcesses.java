// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Flink cluster of separate processes: {@code deploy/local/cluster}. Closing it ends them all.
 */
final class LocalProcesses implements AutoCloseable {
  private static final Path SCRIPT = Path.of("..", "deploy", "local", "cluster").toAbsolutePath();
  private static final long COMMAND_SECONDS = 150;
  private static final long END_SECONDS = 30;

  private final Path directory;
  private final Path cluster;
  // Handles, not ids: an id may be another process's by the time it is killed.
  private final Map<String, ProcessHandle> parts = new HashMap<>();

  LocalProcesses(Path directory) {
    this.directory = directory;
    cluster = directory.resolve("cluster");
  }

  /** Runs a command of the script, whatever comes of it. */
  Launched.Outcome call(String... words) throws Exception {
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME", System.getProperty("java.home"),
            "FRESHET_CLUSTER_DIR", cluster.toString());
    try {
      return Launched.start(SCRIPT, directory, environment, words).end(COMMAND_SECONDS);
    } finally {
      remember();
    }
  }

  /** Runs a command that must succeed; returns what it said. */
  String run(String... words) throws Exception {
    Launched.Outcome outcome = call(words);
    assertThat(outcome.code()).as(List.of(words) + ": " + outcome.out() + outcome.err()).isZero();
    return outcome.out();
  }

  private void remember() throws IOException {
    if (!Files.isDirectory(cluster)) {
      return;
    }
    try (var files = Files.newDirectoryStream(cluster, "*.pid")) {
      for (Path file : files) {
        long pid = Long.parseLong(Files.readString(file).strip());
        String name = file.getFileName().toString().replace(".pid", "");
        ProcessHandle.of(pid).ifPresent(handle -> parts.putIfAbsent(name, handle));
      }
    }
  }

  /** The process of a part, by name: {@code jobmanager}, {@code taskmanager-1}. */
  ProcessHandle part(String name) {
    return parts.get(name);
  }

  /** Every process that was ever started here. */
  Map<String, ProcessHandle> parts() {
    return parts;
  }

  /** What the JobManager has logged so far. */
  String log() throws IOException {
    return Files.readString(cluster.resolve("log/jobmanager.log"));
  }

  /** Waits for the end of every process that was ever started here, without ending any. */
  void awaitEnd() throws Exception {
    for (ProcessHandle part : parts.values()) {
      part.onExit().get(END_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() throws Exception {
    try {
      call("stop");
    } finally {
      parts.values().forEach(ProcessHandle::destroyForcibly);
      awaitEnd();
    }
  }
}

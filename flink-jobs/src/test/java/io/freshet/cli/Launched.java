// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code deploy/freshet} that runs as a process of its own. */
final class Launched {
  static final Path LAUNCHER = Path.of("..", "deploy", "freshet").toAbsolutePath();

  private final Process process;
  private final Path out;
  private final Path err;

  private Launched(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** How it ended and what it said. */
  record Outcome(int code, String out, String err) {}

  /** Starts the built command, on this JVM's Java. */
  static Launched freshet(Path directory, String... arguments) throws IOException {
    return start(
        LAUNCHER, directory, Map.of("JAVA_HOME", System.getProperty("java.home")), arguments);
  }

  static Launched start(
      Path launcher, Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("FRESHET_LOG", directory.resolve("freshet.log").toString());
    return new Launched(builder.start(), out, err);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  String saidSoFar() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  /** Waits for its end; kills it and fails when it does not come. */
  Outcome end(long seconds) throws IOException, InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new AssertionError(
          "did not end within " + seconds + " s; it said: " + saidSoFar() + errors());
    }
    return new Outcome(process.exitValue(), saidSoFar(), errors());
  }

  private String errors() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }
}

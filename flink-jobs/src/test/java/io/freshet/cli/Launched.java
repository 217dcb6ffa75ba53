// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a run of {@code deploy/freshet} left.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it complained about
 */
record Launched(int code, String out, String err) {
  static final Path LAUNCHER = Path.of("..", "deploy", "freshet").toAbsolutePath().normalize();

  private static final long SECONDS = 240;

  /** Runs a command in a directory, where its temporary files go too. */
  static Launched freshet(Path directory, String... arguments)
      throws IOException, InterruptedException {
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    return run(
        LAUNCHER,
        directory,
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "FRESHET_JAVA_OPTS",
            "-Djava.io.tmpdir=" + temporary),
        arguments);
  }

  static Launched run(
      Path launcher, Path directory, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
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
    Process process = builder.start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    assertThat(process.exitValue()).as(Files.readString(err)).isBetween(0, 2);
    return new Launched(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}

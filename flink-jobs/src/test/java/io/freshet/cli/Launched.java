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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code deploy/freshet}, or another launcher, that runs as a process of its own. */
public final class Launched implements AutoCloseable {
  static final Path LAUNCHER = Path.of("..", "deploy", "freshet").toAbsolutePath();

  private static final int SIGINT = 2;

  private final Process process;
  private final Path out;
  private final Path err;

  private Launched(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** How it ended and what it said. */
  public record Outcome(int code, String out, String err) {}

  /** Starts the built command, on this JVM's Java. */
  static Launched freshet(Path directory, String... arguments) throws IOException {
    return start(
        LAUNCHER, directory, Map.of("JAVA_HOME", System.getProperty("java.home")), arguments);
  }

  /** Starts a launcher with what is laid over the environment. */
  public static Launched start(
      Path launcher, Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(directory, "freshet-", ".out");
    Path err = Path.of(out + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("FRESHET_LOG", out + ".log");
    return new Launched(builder.start(), out, err);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  String saidSoFar() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  /** Waits until it has said something that matches; fails when it ends or that does not come. */
  Matcher awaitSaid(String pattern, long seconds) throws IOException, InterruptedException {
    Pattern compiled = Pattern.compile(pattern);
    long end = System.nanoTime() + seconds * 1_000_000_000;
    while (true) {
      boolean over = !process.isAlive() || System.nanoTime() > end;
      Matcher matcher = compiled.matcher(saidSoFar());
      if (matcher.find()) {
        return matcher;
      }
      if (over) {
        throw new AssertionError("never said " + pattern + "; it said: " + saidSoFar() + errors());
      }
      Thread.sleep(100);
    }
  }

  /**
   * Ctrl-C. A shell starts what it leaves in the background with that signal ignored, and so is
   * then all that this starts in turn; a request to terminate, which means the same, stands in.
   */
  void interrupt() throws IOException, InterruptedException {
    String signal = ignoresInterrupt() ? "-TERM" : "-INT";
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
  }

  private boolean ignoresInterrupt() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return false;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).trim())
            .findFirst()
            .orElse("0");
    return (Long.parseUnsignedLong(ignored, 16) & (1L << (SIGINT - 1))) != 0;
  }

  /** Ends what a test that failed has left running. */
  @Override
  public void close() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  /** Waits for its end; kills it and fails when it does not come. */
  public Outcome end(long seconds) throws IOException, InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      close();
      throw new AssertionError(
          "did not end within " + seconds + " s; it said: " + saidSoFar() + errors());
    }
    return new Outcome(process.exitValue(), saidSoFar(), errors());
  }

  private String errors() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }
}

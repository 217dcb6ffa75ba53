// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.broker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * An {@link EmbeddedBroker} in a JVM of its own, as a broker is in production: its memory, threads
 * and pauses are not the job's. It ends when it is closed or when this JVM ends, however that
 * happens, and its data with it.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 15;

  private final Path directory;
  private final Process process;
  private final Thread atExit;
  private final String bootstrapServers;

  private BrokerProcess(Path directory, Process process, String bootstrapServers) {
    this.directory = directory;
    this.process = process;
    this.bootstrapServers = bootstrapServers;
    this.atExit = new Thread(this::stop, "broker-stop");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts a broker and waits until it takes clients.
   *
   * @throws IOException if it does not within a minute; the message names its log
   */
  public static BrokerProcess start() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("freshet-broker-");
    Path log = directory.resolve("broker.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    // Starts in half the time, and never competes with the job's compiler threads.
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx512m",
                    "-cp",
                    classPath(),
                    BrokerMain.class.getName(),
                    directory.resolve("data").toString()))
            .redirectError(log.toFile())
            .start();
    try {
      String address =
          CompletableFuture.supplyAsync(() -> address(process))
              .get(START_SECONDS, TimeUnit.SECONDS);
      if (address != null) {
        return new BrokerProcess(directory, process, address);
      }
    } catch (ExecutionException | TimeoutException e) {
      // Told below, with the log that says why.
    }
    process.destroyForcibly().waitFor();
    throw new IOException("the Kafka broker did not start; its log is " + log);
  }

  private static String classPath() {
    // The launcher lays the broker's libraries out beside the job's.
    return System.getProperty("java.class.path")
        + File.pathSeparator
        + System.getProperty("freshet.broker.classpath", "");
  }

  private static String address(Process process) {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(BrokerMain.READY)) {
          drain(out);
          return line.substring(BrokerMain.READY.length());
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A full pipe would stop the broker at its next word. */
  private static void drain(BufferedReader out) {
    Thread drain =
        new Thread(
            () -> {
              try (out) {
                while (out.readLine() != null) {
                  // Its log says the same.
                }
              } catch (IOException e) {
                // The broker ended.
              }
            },
            "broker-output");
    drain.setDaemon(true);
    drain.start();
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** The broker's process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** CPU time that the broker has used so far, in nanoseconds; 0 where the system does not say. */
  public long cpuNanos() {
    return process.info().totalCpuDuration().map(java.time.Duration::toNanos).orElse(0L);
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending; the hook has nothing left to do.
    }
  }

  private void stop() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      delete();
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void delete() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

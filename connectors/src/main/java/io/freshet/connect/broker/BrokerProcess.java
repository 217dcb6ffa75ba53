// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.broker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An {@link EmbeddedBroker} in a JVM of its own, as a broker is in production: its memory, threads
 * and pauses are not the job's. It ends when it is closed or when this JVM ends, however that
 * happens, and its data with it: it watches the pipe from here. No shutdown hook and no Ctrl-C
 * stops it, so a job can stop in order first. After a start that failed, its log stays.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 15;

  private final BrokerDirectory directory;
  private final Process process;
  private final String bootstrapServers;

  private BrokerProcess(BrokerDirectory directory, Process process, String bootstrapServers) {
    this.directory = directory;
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker and waits until it takes clients.
   *
   * @throws IOException if it does not within a minute; the message names its log
   */
  public static BrokerProcess start() throws IOException, InterruptedException {
    BrokerDirectory directory = BrokerDirectory.create();
    Process process =
        new ProcessBuilder(command(directory)).redirectError(directory.log().toFile()).start();
    String address = null;
    try {
      address =
          CompletableFuture.supplyAsync(() -> address(process))
              .get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Told below, with the log that says why.
    } finally {
      if (address == null) {
        process.destroyForcibly();
      }
    }
    if (address == null) {
      throw new IOException("the Kafka broker did not start; its log is " + directory.log());
    }
    return new BrokerProcess(directory, process, address);
  }

  private static List<String> command(BrokerDirectory directory) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        // Starts in half the time, and never competes with the job's compiler threads.
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx512m",
        "-Dlog4j2.configurationFile=classpath:io/freshet/connect/broker/log4j2.properties",
        "-cp",
        classPath(),
        BrokerMain.class.getName(),
        directory.path().toString());
  }

  private static String classPath() {
    String own = System.getProperty("java.class.path");
    // The launcher lays the broker's libraries out beside the job's.
    String broker = System.getProperty("freshet.broker.classpath", "");
    return broker.isEmpty() ? own : own + File.pathSeparator + broker;
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
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  /** Stops the broker and waits for its end; its data is gone then. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      directory.delete();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the broker's directory " + directory.path() + " could not be deleted", e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

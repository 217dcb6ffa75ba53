// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster in this JVM with one task manager and Flink's web page, for one job at a time. It
 * listens on 127.0.0.1 alone, and its temporary files end with it.
 *
 * <pre>{@code
 * try (LocalCluster cluster = LocalCluster.start(config);
 *     LocalJob job = cluster.submit(new FreshetJob(config, endpoints)::addTo, null)) {
 *   job.await();
 * }
 * }</pre>
 */
public final class LocalCluster implements AutoCloseable {
  private static final String LOCALHOST = "127.0.0.1";
  private static final long INITIALIZING_MILLIS = 20;
  private static final String REPORTER = "metrics.reporter.freshet.";

  private final JobConfig config;
  private final String name;
  private final Path directory;
  private final LocalMetrics metrics;
  private final MiniCluster cluster;
  private int taskManagers = 1;

  /** Adds a job's sources, operators and sinks to an environment. */
  @FunctionalInterface
  public interface Topology {
    /** Adds everything; executes nothing. */
    void addTo(StreamExecutionEnvironment env);
  }

  private LocalCluster(JobConfig config, Path directory) {
    this.config = config;
    this.directory = directory;
    name = UUID.randomUUID().toString();
    metrics = LocalMetrics.of(name);
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings())
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(config.runtime().parallelism())
                .build());
  }

  /**
   * Starts a cluster that can run one job of this configuration.
   *
   * @throws IOException if its directories cannot be made, or {@code metrics.prometheus.port} is
   *     taken
   * @throws Exception if Flink does not start, say because {@code web.port} is taken
   */
  public static LocalCluster start(JobConfig config) throws Exception {
    PrometheusPort.check(config.runtime().metricsPort());
    String stateDir = config.runtime().stateDir();
    Path directory;
    if (stateDir == null) {
      directory = Files.createTempDirectory("freshet-");
    } else {
      Files.createDirectories(Path.of(stateDir));
      directory = Files.createTempDirectory(Path.of(stateDir), "freshet-");
    }
    LocalCluster started = new LocalCluster(config, directory);
    try {
      started.cluster.start();
    } catch (Exception e) {
      started.close();
      throw e;
    }
    return started;
  }

  private Configuration settings() {
    Configuration flink = new Configuration();
    flink.set(RestOptions.ADDRESS, LOCALHOST);
    flink.set(RestOptions.BIND_ADDRESS, LOCALHOST);
    flink.set(RestOptions.BIND_PORT, Integer.toString(config.runtime().webPort()));
    flink.set(JobManagerOptions.ADDRESS, LOCALHOST);
    flink.set(JobManagerOptions.BIND_HOST, LOCALHOST);
    flink.set(TaskManagerOptions.HOST, LOCALHOST);
    flink.set(TaskManagerOptions.BIND_HOST, LOCALHOST);
    flink.set(WebOptions.SUBMIT_ENABLE, false);
    flink.set(CoreOptions.TMP_DIRS, directory.toString());
    flink.set(WebOptions.TMP_DIR, directory.toString());
    flink.set(BlobServerOptions.STORAGE_DIRECTORY, directory.toString());
    flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    flink.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.resolve("checkpoints").toUri() + "");
    // RocksDB's caches; the default of a local cluster does not fit a second slot.
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    flink.setString(REPORTER + "factory.class", LocalMetricsReporter.Factory.class.getName());
    flink.setString(REPORTER + LocalMetricsReporter.CLUSTER, name);
    PrometheusPort.setIn(flink, config.runtime().metricsPort());
    flink.addAll(FlinkSettings.ofJob(config));
    return flink;
  }

  /** Address of Flink's web page. */
  public String webAddress() {
    return cluster.getRestAddress().join().toString();
  }

  /** What the job of this cluster counts. */
  public LocalMetrics metrics() {
    return metrics;
  }

  /**
   * Starts a job.
   *
   * @param topology what it consists of
   * @param from the checkpoint or savepoint that it goes on from, a path or URI; null to start anew
   * @throws Exception if Flink refuses it
   */
  public LocalJob submit(Topology topology, String from) throws Exception {
    try (StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings())) {
      topology.addTo(env);
      JobGraph graph = env.getStreamGraph().getJobGraph();
      if (from != null) {
        graph.setSavepointRestoreSettings(
            SavepointRestoreSettings.forPath(FlinkSettings.uri(from), false));
      }
      cluster.submitJob(graph).get();
      while (cluster.getJobStatus(graph.getJobID()).get() == JobStatus.INITIALIZING) {
        Thread.sleep(INITIALIZING_MILLIS);
      }
      return new LocalJob(cluster, graph.getJobID(), config.runtime().checkpointDir());
    }
  }

  /**
   * Endpoints whose interactions wait while the job of this cluster is too far ahead of its own
   * item rows. Live events never are; a replay would otherwise outrun the rows' way through Kafka,
   * and each learner would learn without what the others do.
   *
   * @param mostEvents events in, and not yet known to every learner, beyond which no more are let
   *     in
   */
  public Endpoints heldBack(Endpoints endpoints, int mostEvents) {
    return new Endpoints(
        new HeldBackSource<>(endpoints.interactions(), name, mostEvents),
        endpoints.control(),
        endpoints.modelRecords(),
        endpoints.lists(),
        endpoints.model(),
        endpoints.books(),
        endpoints.scorer(),
        endpoints.codebook(),
        endpoints.deadLetters(),
        endpoints.quality());
  }

  /** Kills the task manager with all that runs in it, and starts another: a machine's loss. */
  void crash() throws Exception {
    cluster.terminateTaskManager(taskManagers - 1).get();
    cluster.startTaskManager();
    taskManagers++;
  }

  @Override
  public void close() throws Exception {
    try {
      cluster.close();
    } finally {
      LocalMetrics.forget(name);
      DirectoryTree.delete(directory);
    }
  }
}

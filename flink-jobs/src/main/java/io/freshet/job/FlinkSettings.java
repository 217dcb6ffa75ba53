// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;

/** What a job sets of Flink's own options, wherever it runs; {@code flink.properties} wins. */
public final class FlinkSettings {
  private static final String BLOOM_FILTER = "state.backend.rocksdb.use-bloom-filter";
  private static final String ROCKSDB_DIRECTORY = "state.backend.rocksdb.localdir";

  private FlinkSettings() {}

  /**
   * The options of the job itself. Without {@code checkpoint.dir}, the cluster's own directory is
   * used.
   */
  public static Configuration ofJob(JobConfig config) {
    JobConfig.Runtime runtime = config.runtime();
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.NAME, "freshet");
    flink.set(CoreOptions.DEFAULT_PARALLELISM, runtime.parallelism());
    flink.set(PipelineOptions.MAX_PARALLELISM, runtime.maxParallelism());
    // A type without a serializer of its own must fail at once, not fall back to Kryo.
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    // Records are immutable, so handing them on without a copy is safe.
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    // An event crosses two exchanges to its list; the default of 100 ms each is most of its way.
    flink.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(10));
    flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    // Almost every look-up of an event id is a miss, which a filter answers without a read.
    flink.setString(BLOOM_FILTER, "true");
    if (runtime.stateDir() != null) {
      flink.setString(ROCKSDB_DIRECTORY, runtime.stateDir());
    }
    setCheckpoints(runtime, flink);
    setRestarts(flink);
    runtime.flink().forEach(flink::setString);
    return flink;
  }

  private static void setCheckpoints(JobConfig.Runtime runtime, Configuration flink) {
    if (!runtime.checkpointInterval().isZero()) {
      flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, runtime.checkpointInterval());
    }
    // Unaligned checkpoints would hold events that a learner has yet to learn; state must not.
    flink.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    flink.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2);
    if (runtime.checkpointDir() != null) {
      flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(runtime.checkpointDir()));
      flink.set(
          CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
          ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }
  }

  // A broker's restart takes a while; a fault of the job itself would come back for ever.
  private static void setRestarts(Configuration flink) {
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(500));
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(30));
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 10);
  }

  /** A path as the URI that Flink wants; a URI as it is. */
  static String uri(String pathOrUri) {
    return pathOrUri.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*")
        ? pathOrUri
        : Path.of(pathOrUri).toAbsolutePath().normalize().toUri().toString();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** What a job sets of Flink's own options, wherever it runs; {@code flink.properties} wins. */
public final class FlinkSettings {
  private FlinkSettings() {}

  /**
   * The options of the job itself, for {@code StreamExecutionEnvironment.configure}. Without {@code
   * checkpoint.dir}, the cluster's own directory is used.
   */
  public static Configuration ofJob(JobConfig config) {
    Configuration flink = new Configuration();
    JobConfig.Runtime runtime = config.runtime();
    flink.set(PipelineOptions.NAME, "freshet");
    flink.set(CoreOptions.DEFAULT_PARALLELISM, runtime.parallelism());
    flink.set(PipelineOptions.MAX_PARALLELISM, runtime.maxParallelism());
    // Kryo would write state that no later version of a class can read.
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    // Records are immutable, so handing them on without a copy is safe.
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    // Almost every look-up of an event id is a miss, which a filter answers without a read.
    flink.setString("state.backend.rocksdb.use-bloom-filter", "true");
    flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, runtime.checkpointInterval());
    // Unaligned checkpoints would hold events that a learner has yet to learn; state must not.
    flink.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    flink.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2);
    // A broker's restart takes a while; a fault in the job would come back for ever.
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(500));
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(30));
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 10);
    if (runtime.checkpointDir() != null) {
      flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(runtime.checkpointDir()));
    }
    runtime.flink().forEach(flink::setString);
    return flink;
  }

  /** A path as the URI that Flink wants; a URI as it is. */
  static String uri(String pathOrUri) {
    return pathOrUri.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*")
        ? pathOrUri
        : Path.of(pathOrUri).toAbsolutePath().normalize().toUri().toString();
  }
}

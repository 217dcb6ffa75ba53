// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;

/** What the job needs of Flink, wherever it runs; {@code flink.*} of the configuration wins. */
public final class FlinkSettings {
  private FlinkSettings() {}

  /** Flink's configuration for a job. */
  public static Configuration of(JobConfig config) {
    Configuration flink = new Configuration();
    // A type without a serializer of its own must fail at once, not fall back to Kryo.
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    // Records are immutable, so handing them on without a copy is safe.
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    // Almost every look-up of an event id is a miss, which a filter answers without a read.
    flink.setString("state.backend.rocksdb.use-bloom-filter", "true");
    if (config.runtime().stateDir() != null) {
      flink.setString("state.backend.rocksdb.localdir", config.runtime().stateDir());
    }
    Duration interval = config.runtime().checkpointInterval();
    if (!interval.isZero()) {
      flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    }
    if (config.runtime().checkpointDir() != null) {
      flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, config.runtime().checkpointDir());
      flink.set(
          CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
          ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }
    for (Map.Entry<String, String> option : config.runtime().flink().entrySet()) {
      flink.setString(option.getKey(), option.getValue());
    }
    return flink;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.FlinkSettings;
import io.freshet.job.FreshetJob;
import io.freshet.job.JobConfig;
import io.freshet.job.KafkaEndpoints;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The entry point that {@code flink run freshet-job.jar --config FILE} calls: the same job, on a
 * cluster.
 */
@Command(name = "freshet-job.jar", description = "The job, for flink run.")
public final class SubmittedJob {
  @Mixin private JobArguments arguments;

  private SubmittedJob() {}

  /**
   * Submits the job to the cluster that called.
   *
   * @throws Exception with every fault of the configuration, the brokers and the topics, or what
   *     Flink refuses
   */
  public static void main(String[] args) throws Exception {
    SubmittedJob submitted = new SubmittedJob();
    new CommandLine(submitted).parseArgs(args);
    JobConfig config = submitted.arguments.check().ready();
    try (StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(FlinkSettings.ofJob(config))) {
      new FreshetJob(config, KafkaEndpoints.of(config, false)).addTo(env);
      env.execute();
    }
  }
}

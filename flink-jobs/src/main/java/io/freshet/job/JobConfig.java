// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.model.ModelOptions;
import io.freshet.schema.EventTypes;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * What a job runs with: {@link FreshetOptions}, read once, checked once, never changed.
 *
 * <pre>{@code
 * JobConfig config = JobConfig.of(ConfigLoader.load(Path.of("freshet.yaml"), List.of()));
 * }</pre>
 *
 * @param kafka the brokers and how to write to them
 * @param topics their names, and how a missing one is made
 * @param events what is accepted and what it means
 * @param learner mini-steps and their memory
 * @param merger the owner of item rows
 * @param model the learning itself
 * @param bootstrapFile table file that rows start from; null when they start from nothing
 * @param lists what a user gets
 * @param quality test before learning
 * @param runtime parallelism, checkpoints, local directories
 */
public record JobConfig(
    Kafka kafka,
    Topics topics,
    Events events,
    Learner learner,
    Merger merger,
    ModelOptions model,
    String bootstrapFile,
    Lists lists,
    Quality quality,
    Runtime runtime)
    implements Serializable {

  /**
   * Brokers.
   *
   * @param bootstrapServers host:port, separated by commas
   * @param groupId consumer group, and prefix of transactional ids
   * @param properties further properties of every client
   * @param exactlyOnce whether sinks write in transactions
   * @param transactionTimeout how long one may stay open
   */
  public record Kafka(
      String bootstrapServers,
      String groupId,
      Map<String, String> properties,
      boolean exactlyOnce,
      Duration transactionTimeout)
      implements Serializable {}

  /**
   * Topics.
   *
   * @param create whether missing ones are created
   * @param partitions of a created one
   * @param replicationFactor of a created one
   */
  public record Topics(
      String interactions,
      String deadLetters,
      String control,
      String recommendations,
      String model,
      String codebook,
      String quality,
      boolean create,
      int partitions,
      short replicationFactor)
      implements Serializable {}

  /**
   * Events.
   *
   * @param types the accepted types and their weights
   * @param maxBytes larger records are dead letters
   * @param maxFuture events further ahead of the clock are dead letters
   * @param outOfOrderness how late an event may come within its partition
   * @param idleness when a silent partition stops holding event time back
   * @param dedupeTtl how long an event id is remembered
   * @param history paths of event files that come before the topic
   */
  public record Events(
      EventTypes types,
      int maxBytes,
      Duration maxFuture,
      Duration outOfOrderness,
      Duration idleness,
      Duration dedupeTtl,
      List<String> history)
      implements Serializable {}

  /**
   * Mini-steps.
   *
   * @param batchSize events in one at most
   * @param batchInterval the longest that an event waits for one
   * @param groupByTime whether each run of equal timestamps is one, whatever its size
   * @param cachedUsers users in memory, per learner
   * @param learnShare share of the new positives that the ranker of candidates learns from
   */
  public record Learner(
      int batchSize,
      Duration batchInterval,
      boolean groupByTime,
      int cachedUsers,
      double learnShare)
      implements Serializable {}

  /**
   * Owner of item rows.
   *
   * @param syncInterval the least time between two publications of a row
   * @param cachedItems rows in memory, per merger
   */
  public record Merger(Duration syncInterval, int cachedItems) implements Serializable {}

  /**
   * Lists.
   *
   * @param size items in one at most
   * @param minInterval event time between two lists of a user at least
   * @param excludeSeen whether known items stay out
   * @param excludedItems item ids that stay out for everybody
   */
  public record Lists(
      int size, Duration minInterval, boolean excludeSeen, List<String> excludedItems)
      implements Serializable {}

  /**
   * Tests before learning.
   *
   * @param sample share of the positives that are tested, 0 to 1
   * @param window tests in a window
   */
  public record Quality(double sample, int window) implements Serializable {}

  /**
   * Running.
   *
   * @param parallelism learners and mergers
   * @param maxParallelism bound on it for the life of the state
   * @param checkpointInterval time between checkpoints
   * @param checkpointDir where they are kept; null when they end with the process
   * @param stateDir RocksDB's working files in a local run; null for the temporary directory
   * @param webPort of the web page in a local run; 0 for a free one
   * @param metricsPort at which a local run tells its metrics to Prometheus; 0 for none
   * @param flink Flink's own options, laid over what Freshet sets
   */
  public record Runtime(
      int parallelism,
      int maxParallelism,
      Duration checkpointInterval,
      String checkpointDir,
      String stateDir,
      int webPort,
      int metricsPort,
      Map<String, String> flink)
      implements Serializable {}

  /**
   * Reads and checks a configuration.
   *
   * @throws ConfigException with every fault of it
   */
  public static JobConfig of(Configuration configuration) {
    List<String> faults = new ArrayList<>();
    JobConfig config = JobConfigReader.read(new OptionReader(configuration, faults));
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
    return config;
  }
}

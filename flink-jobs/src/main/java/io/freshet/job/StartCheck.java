// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All that can be checked before a start, for one message: the options, the brokers, the topics. A
 * faulty option reads as its default, so that what does not depend on it is checked all the same.
 */
public final class StartCheck {
  private final List<String> faults = new ArrayList<>();
  private final JobConfig config;

  /**
   * Reads the options; the brokers are not asked yet.
   *
   * @param file YAML; null for no file
   * @param settings texts of the form {@code key=value}, laid over it
   * @throws ConfigException if the file cannot be read: what it sets is then unknown
   */
  public StartCheck(Path file, List<String> settings) {
    config =
        JobConfigReader.read(new OptionReader(ConfigLoader.load(file, settings, faults), faults));
  }

  /** The configuration as far as it could be read. */
  public JobConfig config() {
    return config;
  }

  /** Adds what the caller has found, a sentence. */
  public void fault(String sentence) {
    faults.add(sentence);
  }

  /** Every fault; changes nothing. Empty when the job can start. */
  public List<String> faults() {
    List<String> all = new ArrayList<>(faults);
    // Without a usable address there is nobody to ask; the option's fault is among them.
    if (!config.kafka().bootstrapServers().isEmpty()) {
      all.addAll(KafkaEndpoints.topicCheck(config).faults());
    }
    return all;
  }

  /**
   * The configuration, for a command that reads a topic and can do without the others.
   *
   * @throws ConfigException with every fault, the brokers' too, if an option is faulty
   */
  public JobConfig readable() {
    if (!faults.isEmpty()) {
      throw new ConfigException(faults());
    }
    return config;
  }

  /**
   * The configuration, for a start: topics that are missing and may be made are there then.
   *
   * @throws ConfigException with every fault; then none was made
   */
  public JobConfig ready() {
    readable();
    List<String> ofBrokers = KafkaEndpoints.topicCheck(config).createMissing();
    if (!ofBrokers.isEmpty()) {
      throw new ConfigException(ofBrokers);
    }
    return config;
  }
}

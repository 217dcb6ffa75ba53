// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.TopicReader;
import io.freshet.job.ConfigException;
import io.freshet.job.JobConfig;
import io.freshet.job.KafkaEndpoints;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/** Opens topics for reading, and says what is wrong where that fails. */
final class Reading {
  private Reading() {}

  static TopicReader fromBeginning(JobConfig config, String topic) throws CommandException {
    return open(config, topic, TopicReader.From.BEGINNING);
  }

  static TopicReader fromNow(JobConfig config, String topic) throws CommandException {
    return open(config, topic, TopicReader.From.NOW);
  }

  private static TopicReader open(JobConfig config, String topic, TopicReader.From from)
      throws CommandException {
    try {
      return new TopicReader(KafkaEndpoints.connection(config), topic, from);
    } catch (KafkaException e) {
      List<String> faults = KafkaEndpoints.topicCheck(config).faults();
      if (!faults.isEmpty()) {
        throw new ConfigException(faults);
      }
      throw new CommandException(topic + " cannot be read: " + e.getMessage(), e);
    }
  }
}

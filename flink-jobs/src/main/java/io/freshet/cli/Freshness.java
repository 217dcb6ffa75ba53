// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.TopicReader;
import io.freshet.job.JobConfig;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How long after an event had reached Kafka the list was made that knows of it, for a few users.
 * Both times are this machine's clock; event time may be anything.
 */
final class Freshness implements AutoCloseable {
  /** The answer where the list's newest event was not seen. */
  static final long UNKNOWN = -1;

  private static final int REMEMBERED = 256;

  private final TopicReader interactions;
  private final Map<String, Map<Long, Long>> arrivals = new HashMap<>();

  Freshness(JobConfig config) throws CommandException {
    interactions = Reading.fromNow(config, config.topics().interactions());
  }

  /** Remembers this user's events from now on; few users, they are never forgotten. */
  void follow(String userId) {
    arrivals.computeIfAbsent(
        userId,
        user ->
            new LinkedHashMap<>() {
              private static final long serialVersionUID = 1L;

              @Override
              protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
                return size() > REMEMBERED;
              }
            });
  }

  /** Reads what has arrived. */
  void read() {
    for (ConsumerRecord<byte[], byte[]> record : interactions.poll(Duration.ZERO)) {
      Map<Long, Long> times = arrivals.get(new String(record.key(), StandardCharsets.UTF_8));
      if (times == null) {
        continue;
      }
      try {
        Interaction event = InteractionJson.read(record.value());
        times.putIfAbsent(event.timestamp(), record.timestamp());
      } catch (RecordException e) {
        continue; // a dead letter: no list will know of it
      }
    }
  }

  /** Milliseconds from the arrival of the list's newest event to the list. */
  long millis(RecommendationList list) {
    Long arrived = arrivals.getOrDefault(list.userId(), Map.of()).get(list.eventTime());
    return arrived == null ? UNKNOWN : Math.max(0, list.generatedAt() - arrived);
  }

  @Override
  public void close() {
    interactions.close();
  }
}

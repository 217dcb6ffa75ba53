// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookDriftJson;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import io.freshet.schema.QualityWindowJson;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecommendationListJson;
import io.freshet.schema.RecordError;
import io.freshet.schema.RecordException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** All that the page shows, and what each record adds to it. For any number of threads. */
final class Boards {
  private static final int WAITING = 20_000;

  private final SlidingLatency latency = new SlidingLatency();
  private final LatencyJoin join = new LatencyJoin(WAITING, latency);
  private final QualityBoard quality = new QualityBoard();
  private final CodebookBoard codebook = new CodebookBoard();
  private final AlarmLog alarms = new AlarmLog();
  private final UserDirectory users;

  /**
   * @param users that are held at most
   */
  Boards(int users) {
    this.users = new UserDirectory(users);
  }

  QualityBoard quality() {
    return quality;
  }

  CodebookBoard codebook() {
    return codebook;
  }

  AlarmLog alarms() {
    return alarms;
  }

  UserDirectory users() {
    return users;
  }

  /** Latencies of the minute that ends now. */
  SlidingLatency.Figures latency(long now) {
    synchronized (join) {
      return latency.figures(now);
    }
  }

  /** A record of the interactions topic. */
  void event(ConsumerRecord<byte[], byte[]> record) throws RecordException {
    Interaction event = InteractionJson.read(value(record));
    users.add(event);
    synchronized (join) {
      join.event(event.userId(), event.timestamp(), record.timestamp());
    }
  }

  /** A record of the list topic. */
  void list(ConsumerRecord<byte[], byte[]> record) throws RecordException {
    if (record.value() == null && record.key() != null) {
      users.erase(new String(record.key(), StandardCharsets.UTF_8));
      return;
    }
    RecommendationList list = RecommendationListJson.read(value(record));
    users.put(list);
    // What came of no event of the user says nothing of how fast events become lists.
    if (list.reason() != RecommendationList.Reason.REFRESH) {
      synchronized (join) {
        join.list(list.userId(), list.eventTime(), list.generatedAt());
      }
    }
  }

  /** A record of the quality topic. */
  void window(ConsumerRecord<byte[], byte[]> record) throws RecordException {
    quality.add(QualityWindowJson.read(value(record)));
  }

  /** A record of the codebook topic. */
  void refit(ConsumerRecord<byte[], byte[]> record) throws RecordException {
    CodebookDrift drift = CodebookDriftJson.read(value(record));
    if (codebook.add(drift)) {
      alarms.add(drift);
    }
  }

  private static byte[] value(ConsumerRecord<byte[], byte[]> record) throws RecordException {
    if (record.value() == null) {
      throw new RecordException(RecordError.EMPTY, "the record has no value");
    }
    return record.value();
  }
}

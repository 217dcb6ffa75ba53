// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.schema.QualityWindow;
import io.freshet.schema.QualityWindowJson;
import io.freshet.schema.RecordException;
import io.freshet.schema.TestOutcome;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A run of quality windows of Freshet. */
record QualityStretch(List<QualityWindow> windows) {

  /** All of them; of a window that was published again after a failure, the last. */
  static QualityStretch of(TopicContents topics) throws RecordException {
    TreeMap<Long, QualityWindow> byNumber = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record :
        topics.records(topics.config().topics().quality())) {
      QualityWindow window = QualityWindowJson.read(record.value());
      if (window.model().equals(TestOutcome.FRESHET)) {
        byNumber.put(window.window(), window);
      }
    }
    return new QualityStretch(List.copyOf(byNumber.values()));
  }

  /** The last few windows that had closed by an event time. */
  QualityStretch before(long time, int most) {
    List<QualityWindow> closed = windows.stream().filter(window -> window.toTime() < time).toList();
    return new QualityStretch(closed.subList(Math.max(0, closed.size() - most), closed.size()));
  }

  /** The first few that had not, up to those that had by another. */
  QualityStretch after(long time, long to, int most) {
    return new QualityStretch(
        windows.stream()
            .filter(window -> window.toTime() >= time && window.toTime() < to)
            .limit(most)
            .toList());
  }

  long tests() {
    return windows.stream().mapToLong(window -> window.warm().tests()).sum();
  }

  /** Warm Recall@20 over all. */
  double recall() {
    return (double) windows.stream().mapToLong(window -> window.warm().hits20()).sum() / tests();
  }

  /**
   * How far the recall of one window strays: as it was seen to among these, but no less than coin
   * tosses of that probability do, since a few windows may agree by chance.
   */
  double spread() {
    double recall = recall();
    double squares = 0;
    for (QualityWindow window : windows) {
      double off = recall(window) - recall;
      squares += off * off;
    }
    double seen = squares / (windows.size() - 1);
    double tossed = recall * (1 - recall) / ((double) tests() / windows.size());
    return Math.sqrt(Math.max(seen, tossed));
  }

  private static double recall(QualityWindow window) {
    return (double) window.warm().hits20() / window.warm().tests();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (QualityWindow window : windows) {
      text.append(" %.3f".formatted(recall(window)));
    }
    return text.toString().strip();
  }
}

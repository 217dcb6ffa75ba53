// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.connect.TopicReader;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecommendationListJson;
import io.freshet.schema.RecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** When lists were published, and after which events: an outage is a gap between them. */
final class ListTimes implements AutoCloseable {
  private final TopicReader reader;
  private final List<Published> lists = new ArrayList<>();

  /**
   * A list's times, in milliseconds of the clock.
   *
   * @param published when the learner handed it to Kafka
   * @param event when the event that it answers was made
   */
  record Published(long published, long event) {
    long age() {
      return published - event;
    }
  }

  /** From one list to the next, in milliseconds of the clock. */
  record Pause(long from, long to) {
    long millis() {
      return to - from;
    }
  }

  ListTimes(JobConfig config) {
    reader =
        new TopicReader(
            KafkaEndpoints.connection(config),
            config.topics().recommendations(),
            TopicReader.From.BEGINNING);
  }

  /** Waits for a list that answers an event of this time or later. */
  void awaitAnswerTo(long eventTime, Duration patience) throws RecordException {
    if (!await(list -> list.event() >= eventTime, patience)) {
      throw new AssertionError(
          "no list within " + patience + " that answers an event made after " + eventTime);
    }
  }

  /** Waits for a list published from then on that is as fresh as this, but no longer than that. */
  void awaitFresh(long from, long ageMillis, Duration atMost) throws RecordException {
    await(list -> list.published() >= from && list.age() <= ageMillis, atMost);
  }

  /** Whether such a list came in that time. */
  private boolean await(Predicate<Published> wanted, Duration atMost) throws RecordException {
    long end = System.nanoTime() + atMost.toNanos();
    int read = 0;
    while (lists.subList(read, lists.size()).stream().noneMatch(wanted)) {
      if (System.nanoTime() > end) {
        return false;
      }
      read = lists.size();
      read();
    }
    return true;
  }

  private void read() throws RecordException {
    for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(200))) {
      RecommendationList list = RecommendationListJson.read(record.value());
      lists.add(new Published(list.generatedAt(), list.eventTime()));
    }
  }

  /** Reads whatever has been published by now. */
  void readAll() throws RecordException {
    while (reader.remaining() > 0) {
      read();
    }
    lists.sort(Comparator.comparingLong(Published::published));
  }

  /** The longest stretch without a list between these times. */
  Pause longestPause(long from, long to) {
    Pause longest = new Pause(from, from);
    long before = from;
    for (Published list : lists) {
      if (list.published() >= from && list.published() <= to) {
        Pause pause = new Pause(before, list.published());
        longest = pause.millis() > longest.millis() ? pause : longest;
        before = list.published();
      }
    }
    return longest;
  }

  /** When, from then on, a list was as fresh as this. */
  OptionalLong freshFrom(long from, long ageMillis) {
    return lists.stream()
        .filter(list -> list.published() >= from && list.age() <= ageMillis)
        .mapToLong(Published::published)
        .findFirst();
  }

  /** The median age of the lists between these times. */
  long medianAge(long from, long to) {
    long[] ages =
        lists.stream()
            .filter(list -> list.published() >= from && list.published() <= to)
            .mapToLong(Published::age)
            .sorted()
            .toArray();
    return ages[ages.length / 2];
  }

  @Override
  public void close() {
    reader.close();
  }
}

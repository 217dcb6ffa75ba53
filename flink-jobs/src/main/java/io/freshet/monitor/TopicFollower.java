// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.connect.KafkaConnection;
import io.freshet.connect.Topic;
import io.freshet.connect.TopicReader;
import io.freshet.schema.RecordException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;

/**
 * Reads one topic for as long as it is there, and again when it comes back. A record that is not
 * Freshet's is counted and passed over.
 */
final class TopicFollower implements Runnable {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long AGAIN_MILLIS = 500;

  private final KafkaConnection connection;
  private final Topic topic;
  private final String name;
  private final long last;
  private final Supplier<Cluster> cluster;
  private final Sink sink;
  // Where a reader that had to be opened again goes on: what was read once is not news.
  private final Map<Integer, Long> next = new HashMap<>();
  private Uuid read;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile String failure;
  private volatile boolean opened;
  private volatile long records;
  private volatile long unreadable;
  private volatile String unreadableReason;
  private volatile long lastAt;

  /** Where records go. */
  interface Sink {
    /** Takes one over; its value is null for a tombstone. */
    void take(ConsumerRecord<byte[], byte[]> record) throws RecordException;
  }

  /**
   * @param last how many of the topic's records to start with, at most
   * @param cluster what the brokers said last
   */
  TopicFollower(
      KafkaConnection connection,
      Topic topic,
      String name,
      long last,
      Supplier<Cluster> cluster,
      Sink sink) {
    this.connection = connection;
    this.topic = topic;
    this.name = name;
    this.last = last;
    this.cluster = cluster;
    this.sink = sink;
  }

  Topic topic() {
    return topic;
  }

  @Override
  public void run() {
    try {
      do {
        Uuid id = cluster.get().ids().get(topic);
        if (id != null) {
          follow(id);
        }
      } while (!stopped.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      // Nobody does; were it so, it would be to end this.
    }
  }

  private void follow(Uuid id) {
    if (!id.equals(read)) {
      next.clear();
      read = id;
    }
    try (TopicReader reader = new TopicReader(connection, name, TopicReader.From.BEGINNING)) {
      reader.seekToLast(last);
      failure = null;
      opened = true;
      while (stopped.getCount() > 0 && id.equals(cluster.get().ids().get(topic))) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          if (record.offset() >= next.getOrDefault(record.partition(), 0L)) {
            next.put(record.partition(), record.offset() + 1);
            take(record);
          }
        }
      }
    } catch (KafkaException e) {
      failure = e.getMessage();
    } finally {
      opened = false;
    }
  }

  // One thread alone counts; the others only look.
  private void take(ConsumerRecord<byte[], byte[]> record) {
    records++;
    lastAt = Math.max(lastAt, record.timestamp());
    try {
      sink.take(record);
    } catch (RecordException e) {
      unreadable++;
      unreadableReason = e.getMessage();
    }
  }

  /** Has it end soon. Not by an interrupt: a client that is closed amid one says so, at length. */
  void stop() {
    stopped.countDown();
  }

  /** How it stands. */
  TopicStatus status() {
    Cluster now = cluster.get();
    String fault = now.topicFaults().getOrDefault(topic, failure);
    TopicStatus.State state;
    if (fault != null) {
      state = TopicStatus.State.FAILED;
    } else if (!now.ids().containsKey(topic)) {
      state = now.asked() ? TopicStatus.State.MISSING : TopicStatus.State.OPENING;
    } else if (records == 0) {
      state = opened ? TopicStatus.State.EMPTY : TopicStatus.State.OPENING;
    } else {
      state = TopicStatus.State.READING;
    }
    return new TopicStatus(
        topic, name, state, fault, records, unreadable, unreadableReason, lastAt);
  }
}

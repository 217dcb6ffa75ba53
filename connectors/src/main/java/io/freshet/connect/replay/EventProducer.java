// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends interactions to a topic: key user id, value JSON, so that a user's events stay in order.
 *
 * <pre>{@code
 * try (EventStream events = EventFile.at(path).open()) {
 *   EventProducer producer = new EventProducer(Map.of("bootstrap.servers", servers), topic);
 *   EventProducer.Totals totals = producer.send(events, Replay.atRate(1000), progress -> {});
 * }
 * }</pre>
 *
 * Memory is bounded by {@code buffer.memory} (32 MiB unless set): where the broker is slower than
 * the events, sending waits. A producer is used once.
 */
public final class EventProducer {
  private static final long REPORT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int CHECK_TIMEOUT_MILLIS = 10_000;

  // A stop is noticed within this time, also during a long wait for the next event.
  private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Map<String, Object> kafka;
  private final String topic;
  private final int checkTimeoutMillis;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile Exception fatal;
  private volatile boolean stopped;

  /**
   * How far sending has come.
   *
   * @param sent events given to the Kafka client
   * @param acknowledged those that the broker has stored
   * @param failed those that it has not and will not
   * @param eventsPerSecond events sent per second since the report before; in the last report,
   *     since the start
   * @param lastTimestamp timestamp of the event sent last, milliseconds; 0 before the first
   */
  public record Progress(
      long sent, long acknowledged, long failed, double eventsPerSecond, long lastTimestamp) {}

  /**
   * What was sent in the end.
   *
   * @param acknowledged events that the broker has stored
   * @param failed events that it refused, each for itself: too large
   * @param stopped whether {@link #stop()} ended it before the events did
   * @param took from the first event to the last acknowledgement
   */
  public record Totals(long acknowledged, long failed, boolean stopped, Duration took) {

    /** Events stored per second of wall clock. */
    public double eventsPerSecond() {
      return acknowledged / Math.max(1e-9, took.toNanos() / 1e9);
    }
  }

  /** Sending ended early: the message says why, what to do, and how many events were stored. */
  public static final class SendException extends IOException {
    private static final long serialVersionUID = 1L;

    SendException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * @param kafka client options; {@code bootstrap.servers} at least. They are laid over settings
   *     for throughput; serializers cannot be set
   * @param topic where the events go; it must exist
   */
  public EventProducer(Map<String, ?> kafka, String topic) {
    this(kafka, topic, CHECK_TIMEOUT_MILLIS);
  }

  EventProducer(Map<String, ?> kafka, String topic, int checkTimeoutMillis) {
    if (!kafka.containsKey(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)) {
      throw new IllegalArgumentException(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG + " is missing");
    }
    this.kafka = Map.copyOf(kafka);
    this.topic = topic;
    this.checkTimeoutMillis = checkTimeoutMillis;
  }

  private Map<String, Object> options() {
    Map<String, Object> options = new HashMap<>();
    options.put(ProducerConfig.ACKS_CONFIG, "all");
    options.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // One request at a time. A partition that was made a moment ago may refuse the first request
    // and
    // take the second; the first then never fits in any more, and the producer retries until it
    // dies.
    options.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    options.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    options.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    options.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // Long enough for a broker's restart, short enough for a person who waits for the message.
    options.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
    options.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    options.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    options.putAll(kafka);
    options.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    options.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return options;
  }

  /**
   * Sends the events, each when it is due, until there are no more or {@link #stop()} is called;
   * then waits for what is on its way. A failure of the broker ends it; an event that alone is
   * refused is counted.
   *
   * @param progress told every second and at the end, in the calling thread
   * @return what was sent
   * @throws SendException if the broker or the topic is not there, or no longer, or refuses us
   * @throws IOException what the events throw; those before have then been sent
   */
  public Totals send(EventStream events, Replay replay, Consumer<Progress> progress)
      throws IOException {
    try {
      requireTopic();
      try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(options())) {
        return send(events, replay, progress, producer);
      }
    } catch (InterruptException e) {
      throw new SendException("interrupted; " + soFar(), e);
    } catch (KafkaException e) {
      throw new SendException(
          "cannot send to topic " + topic + " at " + servers() + ": " + reason(e) + "; " + soFar(),
          e);
    }
  }

  private Totals send(
      EventStream events,
      Replay replay,
      Consumer<Progress> progress,
      KafkaProducer<byte[], byte[]> producer)
      throws IOException {
    long start = System.nanoTime();
    Meter meter = new Meter(start, progress);
    while (!isEnded()) {
      Interaction event = events.next();
      if (event == null) {
        break;
      }
      await(replay.nanosUntilDue(event.timestamp()), meter);
      if (isEnded()) {
        break;
      }
      producer.send(record(event), (metadata, failure) -> completed(failure));
      meter.countSent(event.timestamp());
      meter.reportIfDue(System.nanoTime());
    }
    if (fatal == null) {
      producer.flush();
    }
    if (fatal != null) {
      // What is still buffered would only wait for the same failure.
      producer.close(Duration.ZERO);
      throw new SendException(
          "the broker at "
              + servers()
              + " no longer takes events of topic "
              + topic
              + ": "
              + reason(fatal)
              + "; "
              + soFar(),
          fatal);
    }
    long now = System.nanoTime();
    meter.reportAll(now);
    return new Totals(acknowledged.get(), failed.get(), stopped, Duration.ofNanos(now - start));
  }

  private ProducerRecord<byte[], byte[]> record(Interaction event) {
    // No record timestamp: brokers drop by it, and what is replayed may be older than a topic
    // keeps.
    return new ProducerRecord<>(
        topic, event.userId().getBytes(StandardCharsets.UTF_8), InteractionJson.write(event));
  }

  private void await(long nanos, Meter meter) {
    if (nanos <= 0) {
      return;
    }
    long now = System.nanoTime();
    long due = now + nanos;
    while (now - due < 0 && !isEnded()) {
      if (Thread.interrupted()) {
        throw new InterruptException("while waiting for the next event");
      }
      LockSupport.parkNanos(this, Math.min(due - now, LONGEST_PARK_NANOS));
      now = System.nanoTime();
      meter.reportIfDue(now);
    }
  }

  private boolean isEnded() {
    return stopped || fatal != null;
  }

  // Called by the client's own thread, and by ours when a record is refused at once.
  private void completed(Exception failure) {
    if (failure == null) {
      acknowledged.incrementAndGet();
      return;
    }
    failed.incrementAndGet();
    if (!(failure instanceof RecordTooLargeException) && fatal == null) {
      fatal = failure;
    }
  }

  private void requireTopic() throws SendException {
    Map<String, Object> options = new HashMap<>(kafka);
    options.keySet().retainAll(AdminClientConfig.configNames());
    options.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, checkTimeoutMillis);
    options.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, checkTimeoutMillis / 2);
    try (Admin admin = Admin.create(options)) {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new SendException(absence(e.getCause()), e.getCause());
    }
  }

  private String absence(Throwable cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return "there is no topic " + topic + " at " + servers() + ": create it, or check its name";
    }
    if (cause instanceof TimeoutException) {
      return "no Kafka broker answers at "
          + servers()
          + ": check bootstrap.servers, the security settings, and that the broker runs";
    }
    return "topic " + topic + " at " + servers() + " cannot be used: " + reason(cause);
  }

  private Object servers() {
    return kafka.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() instanceof KafkaException) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  private String soFar() {
    return acknowledged.get() + " events were stored, " + failed.get() + " were not";
  }

  /**
   * Ends sending after the event at hand; from any thread. It takes effect at once, unless the
   * client is just waiting for a broker that does not answer: then within {@code max.block.ms}.
   */
  public void stop() {
    stopped = true;
  }

  /** Counts what was sent and says when a report is due. */
  private final class Meter {
    private final Consumer<Progress> progress;
    private long sent;
    private long lastTimestamp;
    private final long start;
    private long reportedAt;
    private long reportedSent;

    Meter(long now, Consumer<Progress> progress) {
      this.start = now;
      this.reportedAt = now;
      this.progress = progress;
    }

    void countSent(long timestamp) {
      sent++;
      lastTimestamp = timestamp;
    }

    void reportIfDue(long now) {
      if (now - reportedAt >= REPORT_EVERY_NANOS) {
        report(now);
      }
    }

    void reportAll(long now) {
      reportedAt = start;
      reportedSent = 0;
      report(now);
    }

    private void report(long now) {
      double seconds = Math.max(1, now - reportedAt) / 1e9;
      progress.accept(
          new Progress(
              sent,
              acknowledged.get(),
              failed.get(),
              (sent - reportedSent) / seconds,
              lastTimestamp));
      reportedAt = now;
      reportedSent = sent;
    }
  }
}

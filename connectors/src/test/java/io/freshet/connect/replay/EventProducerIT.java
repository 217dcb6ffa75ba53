// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.freshet.connect.DataFileException;
import io.freshet.connect.TopicLeaders;
import io.freshet.connect.broker.EmbeddedBroker;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import io.freshet.schema.RecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventProducerIT {
  private static final int PARTITIONS = 3;
  private static final TrafficOptions TRAFFIC = TrafficOptions.startingAt(1_750_000_000_000L);

  @TempDir private static Path folder;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void everyEventArrivesOnceUnderItsUsersKeyAndInTheUsersOrder() throws Exception {
    createTopic(broker, "all");
    List<Interaction> events = traffic(20_000);
    List<EventProducer.Progress> reports = new ArrayList<>();

    EventProducer.Totals totals =
        producer("all").send(stream(events), Replay.flatOut(), reports::add);

    assertThat(totals.acknowledged()).isEqualTo(20_000);
    assertThat(totals.failed()).isZero();
    assertThat(totals.stopped()).isFalse();
    EventProducer.Progress last = reports.get(reports.size() - 1);
    assertThat(last.sent()).isEqualTo(20_000);
    assertThat(last.acknowledged()).isEqualTo(20_000);
    assertThat(last.eventsPerSecond()).isCloseTo(totals.eventsPerSecond(), withinPercentage(1.0));
    assertThat(last.lastTimestamp()).isEqualTo(events.get(19_999).timestamp());
    assertThat(byUser(received("all"))).isEqualTo(byUser(events));
  }

  @Test
  void stoppingEndsAnEndlessStreamWithWhatWasSentStored() throws Exception {
    createTopic(broker, "endless");
    EventProducer producer = producer("endless");
    EventProducer.Totals totals =
        producer.send(
            new GeneratedTraffic(TRAFFIC),
            Replay.atRate(2000),
            progress -> {
              if (progress.sent() >= 1000) {
                producer.stop();
              }
            });
    assertThat(totals.stopped()).isTrue();
    assertThat(totals.acknowledged()).isBetween(1000L, 6000L);
    assertThat(received("endless")).hasSize((int) totals.acknowledged());
  }

  @Test
  void stoppingEndsALongWaitAtOnce() throws Exception {
    createTopic(broker, "slow");
    EventProducer producer = producer("slow");
    CompletableFuture<EventProducer.Totals> totals = new CompletableFuture<>();
    Thread sending =
        new Thread(
            () -> {
              try {
                totals.complete(
                    producer.send(
                        new GeneratedTraffic(TRAFFIC), Replay.atRate(0.001), progress -> {}));
              } catch (IOException e) {
                totals.completeExceptionally(e);
              }
            });
    sending.start();
    Thread.sleep(1500);
    assertThat(totals).isNotDone();
    producer.stop();
    assertThat(totals.get(5, TimeUnit.SECONDS).acknowledged()).isEqualTo(1);
    sending.join();
  }

  @Test
  void anEventThatIsTooLargeIsCountedAndTheOthersArrive() throws Exception {
    createTopic(broker, "large");
    List<Interaction> events = traffic(3);
    Interaction large =
        new Interaction(
            "large", "u", "i", "click", 1, Float.NaN, null, Map.of("page", "x".repeat(2 << 20)));
    events.add(1, large);
    EventProducer.Totals totals =
        producer("large").send(stream(events), Replay.flatOut(), progress -> {});
    assertThat(totals.failed()).isEqualTo(1);
    assertThat(totals.acknowledged()).isEqualTo(3);
    events.remove(large);
    assertThat(byUser(received("large"))).isEqualTo(byUser(events));
  }

  @Test
  void aBadRowEndsSendingWithTheRowsBeforeItStored() throws Exception {
    createTopic(broker, "bad");
    Path path =
        Files.writeString(
            folder.resolve("bad.csv"),
            "event_id,user_id,item_id,event_type,timestamp_ms\ne,u,i,click,7\nf,u,,click,8\n");
    try (EventStream events = EventFile.at(path).open()) {
      assertThatThrownBy(() -> producer("bad").send(events, Replay.flatOut(), progress -> {}))
          .isInstanceOf(DataFileException.class)
          .hasMessage(path + ", line 3: item_id is empty");
    }
    assertThat(received("bad")).containsExactly(Interaction.of("e", "u", "i", "click", 7));
  }

  @Test
  void aTopicThatIsNotThereIsNamed() {
    assertThatThrownBy(
            () -> producer("absent").send(stream(traffic(1)), Replay.flatOut(), progress -> {}))
        .isInstanceOf(EventProducer.SendException.class)
        .hasMessageContaining("there is no topic absent at " + broker.bootstrapServers());
  }

  @Test
  void aBrokerThatIsNotThereIsNamed() {
    EventProducer producer =
        new EventProducer(Map.of("bootstrap.servers", "127.0.0.1:1"), "topic", 1000);
    assertThatThrownBy(() -> producer.send(stream(traffic(1)), Replay.flatOut(), progress -> {}))
        .isInstanceOf(EventProducer.SendException.class)
        .hasMessageContaining("no Kafka broker answers at 127.0.0.1:1: check bootstrap.servers");
  }

  @Test
  void anAddressThatIsNoneIsNamed() {
    EventProducer producer = new EventProducer(Map.of("bootstrap.servers", "nowhere"), "topic");
    assertThatThrownBy(() -> producer.send(stream(traffic(1)), Replay.flatOut(), progress -> {}))
        .isInstanceOf(EventProducer.SendException.class)
        .hasMessageContaining("cannot send to topic topic at nowhere")
        .hasMessageContaining("bootstrap.servers");
  }

  @Test
  void aBrokerThatGoesAwayEndsSendingWithAClearMessage() throws IOException {
    EmbeddedBroker mortal = EmbeddedBroker.start(folder.resolve("mortal"));
    createTopic(mortal, "topic");
    EventProducer producer =
        new EventProducer(
            Map.of(
                "bootstrap.servers",
                mortal.bootstrapServers(),
                "request.timeout.ms",
                "1000",
                "delivery.timeout.ms",
                "3000",
                "max.block.ms",
                "3000"),
            "topic");
    List<Long> stored = new ArrayList<>();
    assertThatThrownBy(
            () ->
                producer.send(
                    new GeneratedTraffic(TRAFFIC),
                    Replay.atRate(1000),
                    progress -> {
                      if (stored.isEmpty() && progress.acknowledged() > 0) {
                        mortal.close();
                        stored.add(progress.acknowledged());
                      }
                    }))
        .isInstanceOf(EventProducer.SendException.class)
        .hasMessageContaining(
            "the broker at " + mortal.bootstrapServers() + " no longer takes events of topic topic")
        .hasMessageMatching(".* [1-9][0-9]* events were stored, [1-9][0-9]* were not");
    assertThat(stored).isNotEmpty();
  }

  private static EventProducer producer(String topic) {
    return new EventProducer(Map.of("bootstrap.servers", broker.bootstrapServers()), topic);
  }

  private static void createTopic(EmbeddedBroker at, String topic) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", at.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
      assertThat(TopicLeaders.await(admin, List.of(topic), Duration.ofSeconds(30))).isTrue();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<Interaction> received(String topic) throws RecordException {
    List<TopicPartition> partitions = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      partitions.add(new TopicPartition(topic, partition));
    }
    List<Interaction> received = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          Interaction event = InteractionJson.read(record.value());
          assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(event.userId());
          received.add(event);
        }
      }
    }
    return received;
  }

  private static Map<String, List<Interaction>> byUser(List<Interaction> events) {
    Map<String, List<Interaction>> byUser = new HashMap<>();
    for (Interaction event : events) {
      byUser.computeIfAbsent(event.userId(), user -> new ArrayList<>()).add(event);
    }
    return byUser;
  }

  private static List<Interaction> traffic(int count) {
    GeneratedTraffic traffic = new GeneratedTraffic(TRAFFIC);
    List<Interaction> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(traffic.next());
    }
    return events;
  }

  private static EventStream stream(List<Interaction> events) {
    List<Interaction> left = new ArrayList<>(events);
    Collections.reverse(left);
    return new EventStream() {
      @Override
      public Interaction next() {
        return left.isEmpty() ? null : left.remove(left.size() - 1);
      }

      @Override
      public void close() {}
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import static io.freshet.connect.Topics.header;
import static io.freshet.connect.Topics.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.connect.broker.BrokerExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class TopicReaderIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  private final KafkaConnection connection = BROKER.connection(Delivery.AT_LEAST_ONCE);
  private final TopicNames names = BROKER.topics();
  private final String topic = names.interactions();

  @BeforeEach
  void createTopics() {
    Topics.create(connection, names, 2);
  }

  private void send(int from, int to) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      byte[] text = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topic, i % 2, 1_000L + i, text, text);
      record.headers().add("number", text);
      records.add(record);
    }
    Topics.send(connection, records);
  }

  private static List<ConsumerRecord<byte[], byte[]>> next(TopicReader reader, int count) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    while (records.size() < count) {
      reader.poll(Duration.ofMillis(200)).forEach(records::add);
    }
    return records;
  }

  @Test
  void fromTheBeginningAllIsReadWithWhereAndWhenItWasWritten() throws Exception {
    send(0, 10);
    try (TopicReader reader = new TopicReader(connection, topic, TopicReader.From.BEGINNING)) {
      assertThat(reader.remaining()).isEqualTo(10);
      List<ConsumerRecord<byte[], byte[]>> records = next(reader, 10);

      assertThat(records)
          .allSatisfy(
              record -> {
                int number = Integer.parseInt(text(record.key()));
                assertThat(text(record.value())).isEqualTo(Integer.toString(number));
                assertThat(header(record, "number")).isEqualTo(Integer.toString(number));
                assertThat(record.partition()).isEqualTo(number % 2);
                assertThat(record.offset()).isEqualTo(number / 2);
                assertThat(record.timestamp()).isEqualTo(1_000L + number);
              });
      assertThat(reader.remaining()).isZero();
      assertThat(reader.written()).isEqualTo(10);
    }
  }

  @Test
  void fromTheLastRecordsAsManyOfEachPartitionAreRead() throws Exception {
    send(0, 10);
    try (TopicReader reader = new TopicReader(connection, topic, TopicReader.From.BEGINNING)) {
      reader.seekToLast(4);
      assertThat(next(reader, 4))
          .extracting(record -> text(record.key()))
          .containsExactlyInAnyOrder("6", "7", "8", "9");
      assertThat(reader.remaining()).isZero();

      reader.seekToLast(1_000);
      assertThat(reader.remaining()).isEqualTo(10);
    }
  }

  @Test
  void fromNowOnlyWhatComesLaterIsRead() throws Exception {
    send(0, 10);
    try (TopicReader reader = new TopicReader(connection, topic, TopicReader.From.NOW)) {
      send(10, 12);
      assertThat(next(reader, 2))
          .extracting(record -> text(record.key()))
          .containsExactlyInAnyOrder("10", "11");
    }
  }

  @Test
  void aTopicThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> new TopicReader(connection, "no.such", TopicReader.From.NOW))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("topic no.such does not exist");
  }
}

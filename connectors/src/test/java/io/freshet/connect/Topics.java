// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What tests write to topics and read from them. */
final class Topics {
  private Topics() {}

  static void create(KafkaConnection connection, TopicNames names, int partitions) {
    assertThat(
            new TopicCheck(connection, names, new TopicSettings(true, partitions, (short) 1))
                .createMissing())
        .isEmpty();
  }

  static void send(KafkaConnection connection, List<ProducerRecord<byte[], byte[]>> records)
      throws Exception {
    Properties properties = connection.clientProperties();
    properties.put("compression.type", "gzip");
    properties.put("max.request.size", "20000000");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (ProducerRecord<byte[], byte[]> record : records) {
        sent.add(producer.send(record));
      }
      for (Future<?> future : sent) {
        future.get();
      }
    }
  }

  static List<ConsumerRecord<byte[], byte[]>> all(KafkaConnection connection, String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicReader reader = new TopicReader(connection, topic, TopicReader.From.BEGINNING)) {
      while (reader.remaining() > 0) {
        reader.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : text(header.value());
  }

  static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}

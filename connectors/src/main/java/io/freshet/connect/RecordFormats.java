// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookDriftJson;
import io.freshet.schema.CodebookRow;
import io.freshet.schema.CodebookRowJson;
import io.freshet.schema.ItemRow;
import io.freshet.schema.ItemRowJson;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.QualityWindowJson;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecommendationListJson;
import io.freshet.schema.ScorerRow;
import io.freshet.schema.ScorerRowJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** How each record lies in Kafka: key, value, headers. */
final class RecordFormats {
  /** Names the value's schema and its version. */
  static final String HEADER_SCHEMA = "freshet-schema";

  private RecordFormats() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Header> schema(String name) {
    return List.of(new RecordHeader(HEADER_SCHEMA, utf8(name)));
  }

  static final class Lists implements KafkaRecordSerializationSchema<RecommendationList> {
    private static final long serialVersionUID = 1L;
    private static final List<Header> SCHEMA = schema("recommendations/1");

    private final String topic;

    Lists(String topic) {
      this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        RecommendationList list, KafkaSinkContext context, Long timestamp) {
      byte[] value = list.isTombstone() ? null : RecommendationListJson.write(list);
      return new ProducerRecord<>(topic, null, null, utf8(list.userId()), value, SCHEMA);
    }
  }

  static final class ItemRows implements KafkaRecordSerializationSchema<ItemRow> {
    private static final long serialVersionUID = 1L;
    private static final List<Header> SCHEMA = schema("model-row/1");

    private final String topic;

    ItemRows(String topic) {
      this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        ItemRow row, KafkaSinkContext context, Long timestamp) {
      byte[] value = row.isTombstone() ? null : ItemRowJson.write(row);
      return new ProducerRecord<>(topic, null, null, utf8(row.key()), value, SCHEMA);
    }
  }

  static final class Books implements KafkaRecordSerializationSchema<CodebookRow> {
    private static final long serialVersionUID = 1L;
    private static final List<Header> SCHEMA = schema("codebook-row/1");

    private final String topic;

    Books(String topic) {
      this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        CodebookRow row, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(
          topic, null, null, utf8(row.key()), CodebookRowJson.write(row), SCHEMA);
    }
  }

  static final class Scorers implements KafkaRecordSerializationSchema<ScorerRow> {
    private static final long serialVersionUID = 1L;
    private static final List<Header> SCHEMA = schema("ranker-row/1");

    private final String topic;

    Scorers(String topic) {
      this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        ScorerRow row, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(
          topic, null, null, utf8(ScorerRow.KEY), ScorerRowJson.write(row), SCHEMA);
    }
  }

  static final class Drift implements KafkaRecordSerializationSchema<CodebookDrift> {
    private static final long serialVersionUID = 1L;
    private static final List<Header> SCHEMA = schema("codebook/1");

    private final String topic;

    Drift(String topic) {
      this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        CodebookDrift drift, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(
          topic, null, null, utf8(drift.key()), CodebookDriftJson.write(drift), SCHEMA);
    }
  }

  static final class QualityWindows implements KafkaRecordSerializationSchema<QualityWindow> {
    private static final long serialVersionUID = 1L;
    private static final List<Header> SCHEMA = schema("quality/1");

    private final String topic;

    QualityWindows(String topic) {
      this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        QualityWindow window, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(
          topic, null, null, utf8(window.key()), QualityWindowJson.write(window), SCHEMA);
    }
  }
}

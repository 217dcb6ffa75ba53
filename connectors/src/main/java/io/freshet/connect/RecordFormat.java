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
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * How a record of one kind lies in Kafka: under its key, as JSON (or null, a tombstone), with a
 * header that names the schema and its version.
 */
final class RecordFormat<T> implements KafkaRecordSerializationSchema<T> {
  private static final long serialVersionUID = 1L;

  /** Names the value's schema and its version. */
  static final String HEADER_SCHEMA = "freshet-schema";

  /** A function that travels to the task managers. */
  private interface Part<T, R> extends Function<T, R>, Serializable {}

  private final String topic;
  private final byte[] schema;
  private final Part<T, String> key;
  private final Part<T, byte[]> value;

  private RecordFormat(String topic, String schema, Part<T, String> key, Part<T, byte[]> value) {
    this.topic = topic;
    this.schema = utf8(schema);
    this.key = key;
    this.value = value;
  }

  static RecordFormat<RecommendationList> lists(String topic) {
    return new RecordFormat<>(
        topic,
        "recommendations/1",
        RecommendationList::userId,
        list -> list.isTombstone() ? null : RecommendationListJson.write(list));
  }

  static RecordFormat<ItemRow> itemRows(String topic) {
    return new RecordFormat<>(
        topic,
        "model-row/1",
        ItemRow::key,
        row -> row.isTombstone() ? null : ItemRowJson.write(row));
  }

  static RecordFormat<CodebookRow> books(String topic) {
    return new RecordFormat<>(topic, "codebook-row/1", CodebookRow::key, CodebookRowJson::write);
  }

  static RecordFormat<ScorerRow> scorers(String topic) {
    return new RecordFormat<>(topic, "ranker-row/1", row -> ScorerRow.KEY, ScorerRowJson::write);
  }

  static RecordFormat<CodebookDrift> drift(String topic) {
    return new RecordFormat<>(topic, "codebook/1", CodebookDrift::key, CodebookDriftJson::write);
  }

  static RecordFormat<QualityWindow> qualityWindows(String topic) {
    return new RecordFormat<>(topic, "quality/1", QualityWindow::key, QualityWindowJson::write);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T record, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic,
        null,
        null,
        utf8(key.apply(record)),
        value.apply(record),
        List.of(new RecordHeader(HEADER_SCHEMA, schema)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookRow;
import io.freshet.schema.DeadLetter;
import io.freshet.schema.ItemRow;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.ScorerRow;
import java.util.Properties;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/**
 * The job's sinks. Their records carry no timestamp of their own, so Kafka stamps them when they
 * are sent: event times of a replay would lie behind the topics' retention at once.
 *
 * <p>Each sink and subtask has a producer with {@code buffer.memory} of its own; when it is full,
 * the sink waits and the job with it.
 */
public final class KafkaSinks {
  private final KafkaConnection connection;

  /** Sinks that write through this connection. */
  public KafkaSinks(KafkaConnection connection) {
    this.connection = connection;
  }

  /** Fresh lists by user; a tombstone after an erase. */
  public KafkaSink<RecommendationList> recommendations(String topic) {
    return sink(Topic.RECOMMENDATIONS, RecordFormat.lists(topic));
  }

  /** Item rows by key. */
  public KafkaSink<ItemRow> model(String topic) {
    return sink(Topic.MODEL, RecordFormat.itemRows(topic));
  }

  /** Codebooks by key, on the model topic too. */
  public KafkaSink<CodebookRow> books(String topic) {
    // Two sinks of one transactional id would abort one another's transactions.
    return sink(connection.clientName(Topic.MODEL) + "-books", RecordFormat.books(topic));
  }

  /** The ranking network's weights, on the model topic too. */
  public KafkaSink<ScorerRow> scorer(String topic) {
    return sink(connection.clientName(Topic.MODEL) + "-ranker", RecordFormat.scorers(topic));
  }

  /** What re-fits changed, by books and level. */
  public KafkaSink<CodebookDrift> codebook(String topic) {
    return sink(Topic.CODEBOOK, RecordFormat.drift(topic));
  }

  /** Dead letters, key and bytes as received; see {@link DeadLetterFormat} for very large ones. */
  public KafkaSink<DeadLetter> deadLetters(String topic) {
    return sink(Topic.DEAD_LETTERS, new DeadLetterFormat(topic));
  }

  /** Quality windows by model and number. */
  public KafkaSink<QualityWindow> quality(String topic) {
    return sink(Topic.QUALITY, RecordFormat.qualityWindows(topic));
  }

  private <T> KafkaSink<T> sink(Topic role, KafkaRecordSerializationSchema<T> format) {
    return sink(connection.clientName(role), format);
  }

  private <T> KafkaSink<T> sink(
      String transactionalIdPrefix, KafkaRecordSerializationSchema<T> format) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(connection.bootstrapServers())
        .setKafkaProducerConfig(producerProperties())
        .setDeliveryGuarantee(connection.delivery().guarantee())
        .setTransactionalIdPrefix(transactionalIdPrefix)
        .setRecordSerializer(format)
        .build();
  }

  private Properties producerProperties() {
    Properties properties = connection.clientProperties();
    // A few milliseconds of waiting fill batches, which is most of a producer's cost per record.
    properties.putIfAbsent("linger.ms", "5");
    properties.putIfAbsent("batch.size", Integer.toString(128 << 10));
    // A list of 20 shrinks from 960 to 320 bytes for 3 us of CPU, a row of 64 floats from 610 to
    // 430 for 2 us; zstd takes 200 and 310 bytes, but two to three times the CPU, gzip ten times.
    properties.putIfAbsent("compression.type", "lz4");
    properties.put(
        "transaction.timeout.ms", Long.toString(connection.transactionTimeout().toMillis()));
    return properties;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.CodebookRow;
import io.freshet.schema.CodebookRowJson;
import io.freshet.schema.ItemRow;
import io.freshet.schema.ItemRowJson;
import io.freshet.schema.ModelRecord;
import io.freshet.schema.RecordException;
import io.freshet.schema.ScorerRow;
import io.freshet.schema.ScorerRowJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Item rows, codebooks and the ranking network's weights from the model topic. Records of other
 * kinds are none of a learner's business, and neither is that an item has left, which it knows from
 * event time; one that cannot be read is counted and skipped, since its owner will publish it
 * again.
 */
final class ModelRecordDecoder implements KafkaRecordDeserializationSchema<ModelRecord> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ModelRecordDecoder.class);
  private static final byte[] ROW = ItemRow.key("").getBytes(StandardCharsets.UTF_8);
  private static final byte[] COMPANIONS =
      ItemRow.companionsKey("").getBytes(StandardCharsets.UTF_8);
  private static final byte[] BOOKS = CodebookRow.key("").getBytes(StandardCharsets.UTF_8);

  private static final byte[] SCORER = ScorerRow.KEY.getBytes(StandardCharsets.UTF_8);

  private transient Counter unreadable;

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    unreadable = context.getMetricGroup().counter(ConnectorMetrics.ROWS_UNREADABLE);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ModelRecord> out) {
    if (record.value() == null || record.key() == null) {
      return;
    }
    try {
      if (startsWith(record.key(), ROW) || startsWith(record.key(), COMPANIONS)) {
        out.collect(ModelRecord.of(ItemRowJson.read(record.value())));
      } else if (startsWith(record.key(), BOOKS)) {
        out.collect(ModelRecord.of(CodebookRowJson.read(record.value())));
      } else if (Arrays.equals(record.key(), SCORER)) {
        out.collect(ModelRecord.of(ScorerRowJson.read(record.value())));
      }
    } catch (RecordException e) {
      unreadable.inc();
      if (unreadable.getCount() == 1) {
        LOG.warn(
            "Skipping an unreadable row at {}-{} offset {}: {}. Further ones are only counted.",
            record.topic(),
            record.partition(),
            record.offset(),
            e.getMessage());
      }
    }
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public TypeInformation<ModelRecord> getProducedType() {
    return TypeInformation.of(ModelRecord.class);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.ItemRow;
import io.freshet.schema.ItemRowJson;
import io.freshet.schema.RecordException;
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
 * Item rows from the model topic. Rows of other kinds are none of a learner's business, and neither
 * is that an item has left, which it knows from event time; one that cannot be read is counted and
 * skipped, since its owner will publish it again.
 */
final class ItemRowDecoder implements KafkaRecordDeserializationSchema<ItemRow> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ItemRowDecoder.class);
  private static final byte[] ROW = ItemRow.key("").getBytes(StandardCharsets.UTF_8);
  private static final byte[] COMPANIONS =
      ItemRow.companionsKey("").getBytes(StandardCharsets.UTF_8);

  private transient Counter unreadable;

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    unreadable = context.getMetricGroup().counter(ConnectorMetrics.ROWS_UNREADABLE);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ItemRow> out) {
    if (record.value() == null || !isItem(record.key())) {
      return;
    }
    try {
      out.collect(ItemRowJson.read(record.value()));
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

  private static boolean isItem(byte[] key) {
    return startsWith(key, ROW) || startsWith(key, COMPANIONS);
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key != null
        && key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public TypeInformation<ItemRow> getProducedType() {
    return TypeInformation.of(ItemRow.class);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.DeadLetter;
import io.freshet.schema.Decoded;
import io.freshet.schema.RecordException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes a record, or keeps its bytes and says what is wrong with it; it never fails. Decoding
 * here and not in an operator gives each partition a watermark of its own, by event time.
 */
abstract class Decoder implements KafkaRecordDeserializationSchema<Decoded> {
  private static final long serialVersionUID = 1L;
  private static final String STAGE = "decode";

  private transient RecordCounters counters;

  abstract Decoded decode(byte[] value) throws RecordException;

  @Override
  public final void open(DeserializationSchema.InitializationContext context) {
    counters = new RecordCounters(context.getMetricGroup());
  }

  @Override
  public final void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
    Decoded decoded;
    try {
      decoded = decode(record.value());
      counters.decoded();
    } catch (RecordException e) {
      counters.refused(e.error());
      decoded =
          Decoded.of(
              new DeadLetter(
                  record.key(),
                  record.value(),
                  e.error(),
                  e.getMessage(),
                  STAGE,
                  record.topic(),
                  record.partition(),
                  record.offset()));
    }
    out.collect(decoded);
  }

  @Override
  public final TypeInformation<Decoded> getProducedType() {
    return TypeInformation.of(Decoded.class);
  }
}

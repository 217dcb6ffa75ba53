// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.DeadLetter;
import io.freshet.schema.Decoded;
import io.freshet.schema.RecordException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes a record, or keeps its bytes and says what is wrong with it; it never fails. */
abstract class Decoder implements KafkaRecordDeserializationSchema<Decoded> {
  private static final long serialVersionUID = 1L;
  private static final String STAGE = "decode";

  abstract Decoded decode(byte[] value) throws RecordException;

  @Override
  public final void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
    Decoded decoded;
    try {
      decoded = decode(record.value());
    } catch (RecordException e) {
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

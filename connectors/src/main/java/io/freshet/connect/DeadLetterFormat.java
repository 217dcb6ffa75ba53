// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import static io.freshet.connect.RecordFormat.utf8;

import io.freshet.schema.DeadLetter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * How a dead letter lies in Kafka: key and bytes as received, what is wrong with them in headers.
 *
 * <p>A record just under the brokers' limit would be over it with the headers, and one that was
 * compressed on its way in may be larger than any limit. The sink would fail on it again after each
 * restart, so key and value are cut where they cannot be written whole, and a header then says how
 * long the value was.
 */
final class DeadLetterFormat implements KafkaRecordSerializationSchema<DeadLetter> {
  private static final long serialVersionUID = 1L;

  /** How many bytes the value had; only there when it, or the key, was cut. */
  static final String HEADER_ORIGINAL_BYTES = "freshet-original-bytes";

  /**
   * The smallest {@code max.message.bytes} that every dead letter fits; also the default of the
   * producer's {@code max.request.size}, so neither has to be raised.
   */
  static final int LARGEST_RECORD = 1 << 20;

  static final int LARGEST_VALUE = 960 << 10;
  static final int LARGEST_KEY = 32 << 10;
  private static final int LONGEST_REASON = 1000;

  private final String topic;

  DeadLetterFormat(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, Long timestamp) {
    byte[] key = start(letter.key(), LARGEST_KEY);
    byte[] value = start(letter.value(), LARGEST_VALUE);
    List<Header> headers = new ArrayList<>(7);
    add(DeadLetter.HEADER_ERROR, letter.error().name(), headers);
    add(DeadLetter.HEADER_REASON, start(letter.reason()), headers);
    add(DeadLetter.HEADER_STAGE, letter.stage(), headers);
    if (letter.hasOrigin()) {
      add(DeadLetter.HEADER_TOPIC, letter.topic(), headers);
      add(DeadLetter.HEADER_PARTITION, Integer.toString(letter.partition()), headers);
      add(DeadLetter.HEADER_OFFSET, Long.toString(letter.offset()), headers);
    }
    if (key != letter.key() || value != letter.value()) {
      int bytes = letter.value() == null ? 0 : letter.value().length;
      add(HEADER_ORIGINAL_BYTES, Integer.toString(bytes), headers);
    }
    return new ProducerRecord<>(topic, null, null, key, value, headers);
  }

  private static void add(String name, String value, List<Header> headers) {
    headers.add(new RecordHeader(name, utf8(value)));
  }

  private static byte[] start(byte[] bytes, int length) {
    return bytes == null || bytes.length <= length ? bytes : Arrays.copyOf(bytes, length);
  }

  private static String start(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...";
  }
}

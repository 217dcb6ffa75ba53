// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schema.DeadLetter;
import io.freshet.schema.RecordError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class DeadLetterFormatTest {
  private final DeadLetterFormat format = new DeadLetterFormat("dlq");

  private ProducerRecord<byte[], byte[]> record(byte[] key, byte[] value, String reason) {
    return format.serialize(
        new DeadLetter(key, value, RecordError.WRONG_TYPE, reason, "decode", "events", 3, 42),
        null,
        1L);
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return headers;
  }

  @Test
  void keyAndBytesAreAsReceivedAndTheHeadersSayWhatIsWrong() {
    byte[] key = {1};
    byte[] value = {0, -1};
    ProducerRecord<byte[], byte[]> record = record(key, value, "user_id must be a string");

    assertThat(record.topic()).isEqualTo("dlq");
    assertThat(record.key()).isEqualTo(key);
    assertThat(record.value()).isEqualTo(value);
    assertThat(record.timestamp()).isNull();
    assertThat(headers(record))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                DeadLetter.HEADER_ERROR, "WRONG_TYPE",
                DeadLetter.HEADER_REASON, "user_id must be a string",
                DeadLetter.HEADER_STAGE, "decode",
                DeadLetter.HEADER_TOPIC, "events",
                DeadLetter.HEADER_PARTITION, "3",
                DeadLetter.HEADER_OFFSET, "42"));
  }

  @Test
  void absentKeyAndValueStayAbsent() {
    ProducerRecord<byte[], byte[]> record = record(null, null, "the record has no value");
    assertThat(record.key()).isNull();
    assertThat(record.value()).isNull();
    assertThat(headers(record)).doesNotContainKey(DeadLetterFormat.HEADER_ORIGINAL_BYTES);
  }

  @Test
  void whatNoTopicWouldTakeIsCutAndSaysHowLongItWas() {
    byte[] key = new byte[DeadLetterFormat.LARGEST_KEY + 1];
    byte[] value = new byte[3 << 20];
    Arrays.fill(value, (byte) 7);
    ProducerRecord<byte[], byte[]> record = record(key, value, "x".repeat(100_000));

    assertThat(record.value()).hasSize(DeadLetterFormat.LARGEST_VALUE).containsOnly(7);
    assertThat(headers(record))
        .containsEntry(DeadLetterFormat.HEADER_ORIGINAL_BYTES, Integer.toString(3 << 20));
    int size = record.key().length + record.value().length;
    for (Header header : record.headers()) {
      size += header.key().length() + header.value().length;
    }
    assertThat(size).isLessThan(DeadLetterFormat.LARGEST_RECORD - 1000);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static io.freshet.job.RunningJob.await;
import static io.freshet.job.RunningJob.text;
import static io.freshet.job.RunningJob.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.broker.EmbeddedBroker;
import io.freshet.schema.DeadLetter;
import io.freshet.schema.Interaction;
import io.freshet.schema.RecordError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One record in fifty is broken, in many ways: each ends in the dead letters and nowhere else. */
class CorruptRecordsIT {
  private static final int GOOD = 4900;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private record Corrupt(RecordError error, String named, byte[] value) {}

  private static List<Corrupt> kinds() {
    long now = System.currentTimeMillis();
    String good =
        "{\"event_id\":\"e\",\"user_id\":\"u\",\"item_id\":\"bad\",\"event_type\":\"click\","
            + "\"timestamp\":"
            + now
            + "}";
    List<Corrupt> kinds = new ArrayList<>();
    kinds.add(
        new Corrupt(RecordError.MALFORMED, "JSON", utf8(good.substring(0, good.length() / 2))));
    kinds.add(new Corrupt(RecordError.MALFORMED, "something else", utf8(good + good)));
    kinds.add(
        new Corrupt(RecordError.MALFORMED, "JSON", new byte[] {0, 1, 2, (byte) 0xff, (byte) 0xfe}));
    kinds.add(new Corrupt(RecordError.MALFORMED, "object", utf8("[1,2,3]")));
    kinds.add(new Corrupt(RecordError.WRONG_TYPE, "user_id", utf8(good.replace("\"u\"", "17"))));
    kinds.add(
        new Corrupt(
            RecordError.WRONG_TYPE, "timestamp", utf8(good.replace("" + now, "[" + now + "]"))));
    kinds.add(
        new Corrupt(
            RecordError.WRONG_TYPE, "value", utf8(good.replace("}", ",\"value\":\"NaN\"}"))));
    kinds.add(
        new Corrupt(RecordError.MALFORMED, "NaN", utf8(good.replace("}", ",\"value\":NaN}"))));
    kinds.add(
        new Corrupt(
            RecordError.MISSING_FIELD, "item_id", utf8(good.replace("\"item_id\":\"bad\",", ""))));
    kinds.add(
        new Corrupt(RecordError.MISSING_FIELD, "user_id", utf8(good.replace("\"u\"", "\"\""))));
    kinds.add(
        new Corrupt(RecordError.MISSING_FIELD, "value", utf8(good.replace("click", "rating"))));
    kinds.add(
        new Corrupt(
            RecordError.OUT_OF_RANGE,
            "timestamp",
            utf8(good.replace("" + now, "" + (now + Duration.ofDays(400).toMillis())))));
    kinds.add(
        new Corrupt(RecordError.OUT_OF_RANGE, "timestamp", utf8(good.replace("" + now, "-5"))));
    kinds.add(
        new Corrupt(RecordError.UNKNOWN_EVENT_TYPE, "dance", utf8(good.replace("click", "dance"))));
    kinds.add(
        new Corrupt(
            RecordError.TOO_LARGE,
            "bytes",
            utf8(good.replace("\"u\"", "\"" + "x".repeat(900_000) + "\""))));
    kinds.add(
        new Corrupt(RecordError.TOO_LARGE, "item_id", utf8(good.replace("bad", "x".repeat(300)))));
    kinds.add(new Corrupt(RecordError.EMPTY, "no value", new byte[0]));
    kinds.add(new Corrupt(RecordError.EMPTY, "no value", null));
    return kinds;
  }

  @Test
  void brokenRecordsEndInTheDeadLettersAndNowhereElse(@TempDir Path directory) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
        RunningJob job = new RunningJob(broker, Map.of("job.parallelism", "2"))) {
      job.start();
      List<Corrupt> kinds = kinds();
      Map<String, Corrupt> sent = new LinkedHashMap<>();
      long time = System.currentTimeMillis() - GOOD;
      for (int i = 0; i < GOOD; i++) {
        job.send(Interaction.of("e" + i, "u" + i % 50, "i" + i % 97, "click", time + i));
        if (i % 49 == 0) {
          Corrupt corrupt = kinds.get(sent.size() % kinds.size());
          String key = "corrupt-" + sent.size();
          sent.put(key, corrupt);
          job.sendRaw(key, corrupt.value());
        }
      }
      job.flush();

      String topic = job.config.topics().deadLetters();
      await("a dead letter each", PATIENCE, () -> job.records(topic).size() >= sent.size());
      await("all items", PATIENCE, () -> job.rows().size() == 97);
      List<ConsumerRecord<byte[], byte[]>> letters = job.records(topic);
      assertThat(letters).hasSameSizeAs(sent.keySet());
      for (ConsumerRecord<byte[], byte[]> letter : letters) {
        Corrupt corrupt = sent.remove(text(letter.key()));
        assertThat(letter.value()).as(corrupt.named()).isEqualTo(corrupt.value());
        assertThat(header(letter, DeadLetter.HEADER_ERROR)).isEqualTo(corrupt.error().name());
        assertThat(header(letter, DeadLetter.HEADER_REASON)).contains(corrupt.named());
        assertThat(header(letter, DeadLetter.HEADER_STAGE)).isEqualTo("decode");
        assertThat(header(letter, DeadLetter.HEADER_TOPIC))
            .isEqualTo(job.config.topics().interactions());
        assertThat(Long.parseLong(header(letter, DeadLetter.HEADER_OFFSET))).isNotNegative();
      }
      assertThat(sent).isEmpty();
      assertThat(job.rows()).doesNotContainKey("bad");
      assertThat(job.lists()).hasSize(50).doesNotContainKey("u");
      assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return text(record.headers().lastHeader(name).value());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schema.ControlEvent;
import io.freshet.schema.ControlEventJson;
import io.freshet.schema.DeadLetter;
import io.freshet.schema.Decoded;
import io.freshet.schema.EventTypes;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import io.freshet.schema.RecordError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecoderTest {
  private static final long NOW = System.currentTimeMillis();
  private static final Duration MAX_FUTURE = Duration.ofHours(1);
  private static final int MAX_BYTES = 1000;
  private static final byte[] KEY = bytes("key");

  private static final String GOOD =
      """
      {"event_id":"e1","user_id":"u1","item_id":"i1","event_type":"click","timestamp":%d}"""
          .formatted(NOW);

  private final CountingMetrics metrics = new CountingMetrics();
  private final Decoder decoder =
      new InteractionDecoder(
          new RecordChecks(
              new EventTypes(Map.of("click", 1f, "rating", 1f), 4),
              MAX_BYTES,
              MAX_FUTURE.toMillis()));

  @BeforeEach
  void open() {
    decoder.open(metrics);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Decoded decode(Decoder decoder, byte[] value) {
    List<Decoded> out = new ArrayList<>();
    decoder.deserialize(
        new ConsumerRecord<>("events", 3, 42, KEY, value), new ListCollector<>(out));
    assertThat(out).hasSize(1);
    return out.get(0);
  }

  private static Interaction at(long timestamp) {
    return Interaction.of("e1", "u1", "i1", "click", timestamp);
  }

  static Stream<Arguments> badRecords() {
    String future = Long.toString(NOW + MAX_FUTURE.multipliedBy(2).toMillis());
    return Stream.of(
        Arguments.of("null", null, RecordError.EMPTY, "no value"),
        Arguments.of("empty", new byte[0], RecordError.EMPTY, "no value"),
        Arguments.of("truncated", bytes(GOOD.substring(0, 40)), RecordError.MALFORMED, "JSON"),
        Arguments.of("binary", new byte[] {0, -1, 17, -128, 3}, RecordError.MALFORMED, "JSON"),
        Arguments.of(
            "trailing", bytes(GOOD + "{}"), RecordError.MALFORMED, "followed by something else"),
        Arguments.of(
            "wrong type",
            bytes(GOOD.replace("\"u1\"", "7")),
            RecordError.WRONG_TYPE,
            "user_id must be a string"),
        Arguments.of(
            "missing field",
            bytes(GOOD.replace("\"item_id\":\"i1\",", "")),
            RecordError.MISSING_FIELD,
            "item_id is missing"),
        Arguments.of(
            "not a number",
            bytes(GOOD.replace("}", ",\"value\":NaN}")),
            RecordError.MALFORMED,
            "NaN"),
        Arguments.of(
            "long id",
            bytes(GOOD.replace("u1", "u".repeat(500))),
            RecordError.TOO_LARGE,
            "user_id has 500 characters"),
        Arguments.of(
            "1 MB id",
            bytes(GOOD.replace("u1", "u".repeat(1 << 20))),
            RecordError.TOO_LARGE,
            "events.max-bytes is 1000"),
        Arguments.of(
            "far future",
            bytes(GOOD.replace(Long.toString(NOW), future)),
            RecordError.OUT_OF_RANGE,
            "timestamp " + future),
        Arguments.of(
            "unknown type",
            bytes(GOOD.replace("click", "dance")),
            RecordError.UNKNOWN_EVENT_TYPE,
            "event_type \"dance\""),
        Arguments.of(
            "rating without value",
            bytes(GOOD.replace("click", "rating")),
            RecordError.MISSING_FIELD,
            "value is missing"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badRecords")
  void aBadRecordIsKeptWithWhereItCameFromAndWhatIsWrong(
      String kind, byte[] value, RecordError error, String reason) {
    DeadLetter letter = decode(decoder, value).deadLetter();

    assertThat(letter.error()).isEqualTo(error);
    assertThat(letter.reason()).contains(reason);
    assertThat(letter.key()).isSameAs(KEY);
    assertThat(letter.value()).isSameAs(value);
    assertThat(letter.stage()).isEqualTo("decode");
    assertThat(letter.topic()).isEqualTo("events");
    assertThat(letter.partition()).isEqualTo(3);
    assertThat(letter.offset()).isEqualTo(42);
    assertThat(metrics.count(ConnectorMetrics.recordsRefused(error))).isEqualTo(1);
    assertThat(metrics.count(ConnectorMetrics.RECORDS_DECODED)).isZero();
  }

  @Test
  void theReasonOfAnUnknownTypeListsTheKnownOnes() {
    DeadLetter letter = decode(decoder, bytes(GOOD.replace("click", "dance"))).deadLetter();
    assertThat(letter.reason()).contains("click").contains("rating").contains("events.weights");
  }

  @Test
  void aGoodRecordIsDecodedAndCounted() {
    assertThat(decode(decoder, bytes(GOOD)).interaction()).isEqualTo(at(NOW));
    assertThat(metrics.count(ConnectorMetrics.RECORDS_DECODED)).isEqualTo(1);
  }

  @Test
  void aRecordOfExactlyTheLargestSizeIsGood() {
    String padded = GOOD + " ".repeat(MAX_BYTES - GOOD.length());
    assertThat(decode(decoder, bytes(padded)).interaction()).isNotNull();
    assertThat(decode(decoder, bytes(padded + " ")).deadLetter().error())
        .isEqualTo(RecordError.TOO_LARGE);
  }

  @Test
  void aTimeAheadOfTheClockIsGoodWithinTheAllowedSkew() {
    Interaction ahead = at(NOW + MAX_FUTURE.toMillis() - 60_000);
    assertThat(decode(decoder, InteractionJson.write(ahead)).interaction()).isEqualTo(ahead);
  }

  @Test
  void aRatingWithAValueIsGood() {
    Interaction rating =
        new Interaction("e1", "u1", "i1", "rating", NOW, 4.5f, "r1", Map.of("page", "home"));
    assertThat(decode(decoder, InteractionJson.write(rating)).interaction()).isEqualTo(rating);
  }

  @Test
  void ordersAreDecodedAndBadOnesAreKept() {
    Decoder orders = new ControlDecoder();
    orders.open(metrics);
    ControlEvent hide = new ControlEvent(ControlEvent.Action.HIDE_ITEM, "i1", NOW);
    assertThat(decode(orders, ControlEventJson.write(hide)).control()).isEqualTo(hide);

    DeadLetter letter = decode(orders, bytes("{\"action\":\"explode\"}")).deadLetter();

    assertThat(letter.error()).isEqualTo(RecordError.OUT_OF_RANGE);
    assertThat(letter.reason()).contains("explode").contains("hide_item");
  }
}

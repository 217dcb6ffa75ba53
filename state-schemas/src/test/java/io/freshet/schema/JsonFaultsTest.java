// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFaultsTest {
  private static final String GOOD =
      "{'event_id':'e','user_id':'u','item_id':'i','event_type':'click','timestamp':1000,"
          + "'value':2.5,'request_id':'r','context':{'page':'home'}}";

  /** A record's bytes to a value. */
  private interface Codec {
    Object read(byte[] json) throws RecordException;
  }

  @Test
  void aGoodRecordIsRead() throws RecordException {
    assertThat(InteractionJson.read(json(GOOD)))
        .isEqualTo(
            new Interaction("e", "u", "i", "click", 1000, 2.5f, "r", Map.of("page", "home")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_id", "user_id", "item_id", "event_type", "timestamp"})
  void aFieldThatIsNotThereIsNamed(String field) {
    RecordException fault = fault(GOOD.replace("'" + field + "'", "'other'"));
    assertThat(fault.error()).isEqualTo(RecordError.MISSING_FIELD);
    assertThat(fault).hasMessage(field + " is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_id", "user_id", "item_id", "event_type", "timestamp"})
  void aFieldThatIsNullIsNamed(String field) {
    RecordException fault = fault(with(field, "null"));
    assertThat(fault.error()).isEqualTo(RecordError.MISSING_FIELD);
    assertThat(fault).hasMessage(field + " is null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_id", "user_id", "item_id", "event_type", "request_id"})
  void anIdThatIsEmptyIsNamed(String field) {
    RecordException fault = fault(with(field, "''"));
    assertThat(fault.error()).isEqualTo(RecordError.MISSING_FIELD);
    assertThat(fault).hasMessage(field + " is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_id", "user_id", "item_id", "event_type", "request_id"})
  void anIdThatIsTooLongIsNamed(String field) {
    RecordException fault = fault(with(field, "'" + "x".repeat(257) + "'"));
    assertThat(fault.error()).isEqualTo(RecordError.TOO_LARGE);
    assertThat(fault).hasMessage(field + " has 257 characters; at most 256");
    assertThatCode(() -> InteractionJson.read(json(with(field, "'" + "x".repeat(256) + "'"))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_id", "user_id", "item_id", "event_type", "request_id"})
  void anIdWithHalfASurrogatePairIsRefusedBecauseNoUtf8CanHoldIt(String field) {
    for (String half : new String[] {"\\ud83d", "\\ude00", "\\ude00\\ud83d", "a\\ud83db"}) {
      RecordException fault = fault(with(field, "'" + half + "'"));
      assertThat(fault.error()).isEqualTo(RecordError.OUT_OF_RANGE);
      assertThat(fault).hasMessage(field + " holds half of a surrogate pair");
    }
    assertThatCode(() -> InteractionJson.read(json(with(field, "'\\ud83d\\ude00'"))))
        .doesNotThrowAnyException();
  }

  @Test
  void halfASurrogatePairIsAlsoFoundWhereItIsNotEscaped() {
    byte[] name = json(GOOD.replace("page", "p?ge"));
    byte[] value = json(GOOD.replace("home", "h?me"));
    assertThat(withRawSurrogate(name)).hasMessageContaining("context").isNotNull();
    assertThat(withRawSurrogate(value)).hasMessageContaining("context").isNotNull();
  }

  /** The fault of a record whose question mark is replaced by the bytes of a lone surrogate. */
  private static RecordException withRawSurrogate(byte[] json) {
    String latin = new String(json, StandardCharsets.ISO_8859_1).replace("?", "\u00ed\u00a0\u00bd");
    return catchThrowableOfType(
        RecordException.class,
        () -> InteractionJson.read(latin.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "user_id|5|WRONG_TYPE|user_id must be a string, not the number 5",
        "user_id|true|WRONG_TYPE|user_id must be a string, not a boolean",
        "user_id|['u']|WRONG_TYPE|user_id must be a string, not an array",
        "item_id|{'id':'i'}|WRONG_TYPE|item_id must be a string, not an object",
        "request_id|7|WRONG_TYPE|request_id must be a string, not the number 7",
        "value|'5'|WRONG_TYPE|value must be a number, not the string \"5\"",
        "value|'NaN'|WRONG_TYPE|value must be a number, not the string \"NaN\"",
        "value|[]|WRONG_TYPE|value must be a number, not an array",
        "value|1e39|OUT_OF_RANGE|value does not fit a 32-bit float",
        "value|-1e999|OUT_OF_RANGE|value does not fit a 32-bit float",
        "timestamp|1.5|WRONG_TYPE|timestamp must be milliseconds since 1970 or an RFC 3339 string, not the number 1.5",
        "timestamp|{}|WRONG_TYPE|timestamp must be milliseconds since 1970 or an RFC 3339 string, not an object",
        "timestamp|-1|OUT_OF_RANGE|timestamp -1 is not a time",
        "timestamp|9223372036854775808|OUT_OF_RANGE|timestamp 9223372036854775808 is not a time",
        "timestamp|'yesterday'|OUT_OF_RANGE|timestamp \"yesterday\" is not an RFC 3339 date and time",
        "timestamp|'2025-06-15'|OUT_OF_RANGE|timestamp \"2025-06-15\" is not an RFC 3339 date and time",
        "timestamp|'2025-06-15T15:06:40'|OUT_OF_RANGE|timestamp \"2025-06-15T15:06:40\" is not an RFC 3339 date and time",
        "timestamp|'1969-12-31T23:59:59Z'|OUT_OF_RANGE|timestamp lies before 1970",
        "timestamp|'+999999999-12-31T23:59:59Z'|OUT_OF_RANGE|timestamp \"+999999999-12-31T23:59:59Z\" is not an RFC 3339 date and time",
        "context|'home'|WRONG_TYPE|context must be an object of strings, not the string \"home\"",
        "context|{'page':5}|WRONG_TYPE|context.page must be a string, not the number 5",
        "context|{'page':null}|MISSING_FIELD|context.page is null",
        "context|{'page':{'a':'b'}}|WRONG_TYPE|context.page must be a string, not an object",
        "context|{'page':'\\ud83d'}|OUT_OF_RANGE|a value in context holds half of a surrogate pair",
      })
  void aFieldOfTheWrongTypeOrRangeIsNamed(
      String field, String value, RecordError error, String message) {
    RecordException fault = fault(with(field, value));
    assertThat(fault).hasMessage(message);
    assertThat(fault.error()).isEqualTo(error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "nan", "01", "+1", ".5", "5.", "0x1"})
  void aNumberThatIsNotJsonIsMalformedAndItsFieldIsNamed(String number) {
    RecordException fault = fault(with("value", number));
    assertThat(fault.error()).isEqualTo(RecordError.MALFORMED);
    assertThat(fault).hasMessageStartingWith("not valid JSON at value: ");
  }

  @Test
  void aStringOrNumberThatIsTooLongIsTooLargeAndItsFieldIsNamed() {
    RecordException text = fault(with("context", "{'page':'" + "x".repeat(70_000) + "'}"));
    assertThat(text.error()).isEqualTo(RecordError.TOO_LARGE);
    assertThat(text).hasMessageStartingWith("at context.page: ");
    RecordException number = fault(with("value", "1".repeat(65)));
    assertThat(number.error()).isEqualTo(RecordError.TOO_LARGE);
    assertThat(number).hasMessageStartingWith("at value: ");
  }

  @Test
  void aReasonStaysShortHoweverLongTheRecordIs() {
    String name = "\u4f60".repeat(40_000);
    assertThat(fault(with("context", "{'" + name + "':5}")).getMessage()).hasSizeLessThan(500);
    assertThat(fault(with("user_id", "[" + "9".repeat(60) + "]")).getMessage())
        .hasSizeLessThan(500);
    assertThat(fault(with("context", "{'" + name + "':nan}")).getMessage()).hasSizeLessThan(500);
    assertThat(fault(with("timestamp", "'" + name + "'")).getMessage()).hasSizeLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "null", "5", "[]", "'text'", " ", "user_id=5", "{]", "}"})
  void whatIsNoObjectWithTheFieldsIsRefused(String text) {
    assertThat(fault(text).error())
        .isIn(RecordError.EMPTY, RecordError.MALFORMED, RecordError.MISSING_FIELD);
  }

  @Test
  void noValueAtAllIsEmpty() {
    RecordException fault =
        catchThrowableOfType(RecordException.class, () -> InteractionJson.read(null));
    assertThat(fault.error()).isEqualTo(RecordError.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "5", "x", ",", "}", "'"})
  void somethingBehindTheObjectIsMalformed(String garbage) {
    assertThat(fault(GOOD + garbage).error()).isEqualTo(RecordError.MALFORMED);
  }

  @Test
  void aRecordThatIsCutOffAnywhereIsRefused() {
    byte[] good = json(GOOD);
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      RecordException fault =
          catchThrowableOfType(RecordException.class, () -> InteractionJson.read(cut));
      assertThat(fault).as("%d bytes", length).isNotNull();
      assertThat(fault.error()).isIn(RecordError.EMPTY, RecordError.MALFORMED);
    }
  }

  @Test
  void binaryIsMalformed() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(64)];
      random.nextBytes(bytes);
      RecordException fault =
          catchThrowableOfType(RecordException.class, () -> InteractionJson.read(bytes));
      assertThat(fault.error()).isEqualTo(RecordError.MALFORMED);
    }
  }

  @Test
  void nestingWithoutEndIsRefused() {
    assertThat(fault(with("other", "[".repeat(100_000))).error()).isEqualTo(RecordError.TOO_LARGE);
  }

  @Test
  void unknownFieldsAreIgnoredWhateverTheyHold() throws RecordException {
    String more = GOOD.replace("{'event_id'", "{'a':null,'b':[1,{'user_id':5}],'c':{},'event_id'");
    assertThat(InteractionJson.read(json(more))).isEqualTo(InteractionJson.read(json(GOOD)));
  }

  @Test
  void optionalFieldsMayBeAbsentOrNull() throws RecordException {
    Interaction bare = Interaction.of("e", "u", "i", "click", 1000);
    assertThat(InteractionJson.read(InteractionJson.write(bare))).isEqualTo(bare);
    String nulls = GOOD.replace("2.5", "null").replace("'r'", "null");
    assertThat(InteractionJson.read(json(nulls.replace("{'page':'home'}", "null"))))
        .isEqualTo(bare);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-06-15T15:06:40Z,1750000000000",
    "2025-06-15T15:06:40.123Z,1750000000123",
    "2025-06-15T17:06:40+02:00,1750000000000",
    "2025-06-15t15:06:40z,1750000000000",
    "1970-01-01T00:00:00Z,0",
  })
  void aTimeMayBeRfc3339(String text, long millis) throws RecordException {
    Interaction event = InteractionJson.read(json(with("timestamp", "'" + text + "'")));
    assertThat(event.timestamp()).isEqualTo(millis);
  }

  @Test
  void booksOfAMegabyteAreRead() throws RecordException {
    int dim = CodebookRow.MAX_VALUES / 64;
    CodebookRow books =
        new CodebookRow(
            "users", 1, 2, 1, 64, dim, new float[CodebookRow.MAX_VALUES], new float[64], 3);
    byte[] json = CodebookRowJson.write(books);
    assertThat(json).hasSizeLessThan(1_000_000);
    assertThat(CodebookRowJson.read(json)).matches(read -> Samples.same(read, books));
  }

  @Test
  void booksWithAnotherNumberOfValuesThanTheyAreSaidToHaveAreRefused() {
    String books =
        "{'books':'users','epoch':1,'version':2,'levels':2,'codes':1,'dim':1,"
            + "'centroids':'AACAPw==','shares':'AACAPw==','event_time':3}";
    assertThat(catchThrowableOfType(RecordException.class, () -> CodebookRowJson.read(json(books))))
        .hasMessage(
            "centroids and shares have 1 and 1 values, but levels, codes and dim are 2, 1 and 1");
  }

  static Map<String, Codec> codecs() {
    return Map.of(
        "interaction", InteractionJson::read,
        "control", ControlEventJson::read,
        "recommendations", RecommendationListJson::read,
        "row", ItemRowJson::read,
        "quality", QualityWindowJson::read,
        "codebook", CodebookDriftJson::read,
        "books", CodebookRowJson::read,
        "ranker", ScorerRowJson::read);
  }

  @Test
  void aMutatedRecordIsAGoodRecordOrARecordExceptionAndNeverAnythingElse() {
    Map<String, byte[]> good =
        Map.of(
            "interaction",
            InteractionJson.write(Samples.INTERACTION),
            "control",
            ControlEventJson.write(Samples.CONTROL),
            "recommendations",
            RecommendationListJson.write(
                (RecommendationList) Samples.fixed(RecommendationList.class)),
            "row",
            ItemRowJson.write((ItemRow) Samples.fixed(ItemRow.class)),
            "quality",
            QualityWindowJson.write((QualityWindow) Samples.fixed(QualityWindow.class)),
            "codebook",
            CodebookDriftJson.write((CodebookDrift) Samples.fixed(CodebookDrift.class)),
            "books",
            CodebookRowJson.write((CodebookRow) Samples.fixed(CodebookRow.class)),
            "ranker",
            ScorerRowJson.write((ScorerRow) Samples.fixed(ScorerRow.class)));
    SplittableRandom random = new SplittableRandom(13);
    codecs()
        .forEach(
            (name, codec) -> {
              int read = 0;
              int refused = 0;
              for (int i = 0; i < 5_000; i++) {
                byte[] mutated = mutate(good.get(name), random);
                try {
                  codec.read(mutated);
                  read++;
                } catch (RecordException e) {
                  assertThat(e.getMessage()).isNotBlank();
                  refused++;
                } catch (RuntimeException | Error e) {
                  throw new AssertionError(new String(mutated, StandardCharsets.UTF_8), e);
                }
              }
              assertThat(read).as(name).isPositive();
              assertThat(refused).as(name).isPositive();
            });
  }

  private static final String[] TOKENS = {
    "null",
    "true",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\u0000",
    "\\ud800",
    "-",
    "1e999",
    "NaN",
    "99999999999999999999",
    "0.1",
    "\"\"",
    "{}",
    "[]",
    "\u0000",
    "\u00e9"
  };

  private static byte[] mutate(byte[] json, SplittableRandom random) {
    byte[] mutated = json;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(mutated.length);
      int to = Math.min(mutated.length, at + random.nextInt(8));
      byte[] middle =
          switch (random.nextInt(4)) {
            case 0 -> TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8);
            case 1 -> new byte[] {(byte) random.nextInt(256)};
            case 2 -> Arrays.copyOfRange(mutated, at, to + Math.min(4, mutated.length - to));
            default -> new byte[0];
          };
      byte[] next = new byte[Math.max(1, at + middle.length + mutated.length - to)];
      System.arraycopy(mutated, 0, next, 0, at);
      System.arraycopy(middle, 0, next, at, middle.length);
      System.arraycopy(mutated, to, next, at + middle.length, mutated.length - to);
      mutated = next;
    }
    return mutated;
  }

  /** The good record with another value for a field, or with one more field. */
  private static String with(String field, String value) {
    String old =
        switch (field) {
          case "event_id" -> "'e'";
          case "user_id" -> "'u'";
          case "item_id" -> "'i'";
          case "event_type" -> "'click'";
          case "timestamp" -> "1000";
          case "value" -> "2.5";
          case "request_id" -> "'r'";
          case "context" -> "{'page':'home'}";
          default -> null;
        };
    return old == null
        ? GOOD.replace("{'event_id'", "{'" + field + "':" + value + ",'event_id'")
        : GOOD.replace("'" + field + "':" + old, "'" + field + "':" + value);
  }

  private static byte[] json(String quoted) {
    return quoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static RecordException fault(String quoted) {
    RecordException fault =
        catchThrowableOfType(RecordException.class, () -> InteractionJson.read(json(quoted)));
    assertThat(fault).as(quoted.length() < 500 ? quoted : "a long record").isNotNull();
    return fault;
  }
}

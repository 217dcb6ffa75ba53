// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemRowFaultsTest {
  private static final String BARE = "{'item_id':'i','epoch':1,'version':2,'embedding':'AACAPw=='}";

  private static final String COUNTS =
      "'degree':3,'exposures':9,'popularity':[1.5,2],'exposure':4.5,'counts_time':1000,"
          + "'first_seen':900,'last_seen':1000";

  /** Two items, twice wide and once near: base64 of [1,2] and of [0,1]. */
  private static final String COMPANIONS =
      "'companions':['a','b'],'companions_wide':'AACAPwAAAEA=','companions_near':'AAAAAAAAgD8='";

  private static final String GOOD = BARE.replace("}", "," + COUNTS + "," + COMPANIONS + "}");

  @Test
  void aGoodRowIsRead() throws RecordException {
    ItemRow row = ItemRowJson.read(json(GOOD));
    assertThat(row.counts())
        .usingRecursiveComparison()
        .isEqualTo(new RowCounts(3, 9, new double[] {1.5, 2}, 4.5, 1000, 900, 1000));
    assertThat(row.companions().items()).containsExactly("a", "b");
    assertThat(row.companions().wide()).containsExactly(1, 2);
    assertThat(row.companions().near()).containsExactly(0, 1);
  }

  @Test
  void countsAndCompanionsMayBeAbsent() throws RecordException {
    ItemRow row = ItemRowJson.read(json(BARE));
    assertThat(row.counts()).usingRecursiveComparison().isEqualTo(RowCounts.NONE);
    assertThat(row.companions()).isSameAs(RowCompanions.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "['a','b']|['a']",
        "['a','b']|['a','b','c']",
        "['a','b']|[]",
        "'companions':|'other':",
        "AACAPwAAAEA=|AACAPw==",
        "AACAPwAAAEA=|AACAPwAAAEAAAEBA",
        "'companions_wide':|'other':",
        "AAAAAAAAgD8=|AAAAAA==",
        "AAAAAAAAgD8=|AAAAAAAAgD8AAIA/",
        "'companions_near':|'other':",
      })
  void anotherNumberOfCompanionsThanOfTheirCountsIsNamed(String part, String other) {
    RecordException fault = fault(GOOD.replace(part, other));
    assertThat(fault.error()).isEqualTo(RecordError.OUT_OF_RANGE);
    assertThat(fault)
        .hasMessage("companions, companions_wide and companions_near differ in number");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "['a','b']|'a'|WRONG_TYPE|companions must be an array of item ids, not the string \"a\"",
        "['a','b']|null|MISSING_FIELD|companions is null",
        "'b'|5|WRONG_TYPE|companions[] must be a string, not the number 5",
        "'b'|null|MISSING_FIELD|companions[] is null",
        "'b'|''|MISSING_FIELD|companions[] is empty",
        "'b'|['b']|WRONG_TYPE|companions[] must be a string, not an array",
        "'b'|'\\ud83d'|OUT_OF_RANGE|companions[] holds half of a surrogate pair",
        "'AACAPwAAAEA='|[1,2]|WRONG_TYPE|companions_wide must be a base64 string, not an array",
        "AACAPwAAAEA=|AACAPwAA|OUT_OF_RANGE|companions_wide is not a whole number of 32-bit floats",
        "AAAAAAAAgD8=|AAAA|OUT_OF_RANGE|companions_near is not a whole number of 32-bit floats",
        "[1.5,2]|1.5|WRONG_TYPE|popularity must be an array of numbers, not the number 1.5",
        "[1.5,2]|null|MISSING_FIELD|popularity is null",
        "[1.5,2]|[1.5,'2']|WRONG_TYPE|popularity[] must be a number, not the string \"2\"",
        "[1.5,2]|[1.5,null]|MISSING_FIELD|popularity[] is null",
        "[1.5,2]|[1e999]|OUT_OF_RANGE|popularity[] does not fit a 64-bit float",
        "'exposure':4.5|'exposure':true|WRONG_TYPE|exposure must be a number, not a boolean",
        "'exposures':9|'exposures':9.5|WRONG_TYPE|exposures must be an integer, not the number 9.5",
        "'degree':3|'degree':'3'|WRONG_TYPE|degree must be an integer, not the string \"3\"",
        "'counts_time':1000|'counts_time':-1|OUT_OF_RANGE|counts_time -1 is not a time",
        "'first_seen':900|'first_seen':-1|OUT_OF_RANGE|first_seen -1 is not a time",
        "'last_seen':1000|'last_seen':null|MISSING_FIELD|last_seen is null",
      })
  void aFieldOfTheWrongTypeOrRangeIsNamed(
      String part, String other, RecordError error, String message) {
    RecordException fault = fault(GOOD.replace(part, other));
    assertThat(fault).hasMessage(message);
    assertThat(fault.error()).isEqualTo(error);
  }

  @Test
  void whatIsNoBase64IsMalformedAndItsFieldIsNamed() {
    RecordException fault = fault(GOOD.replace("AACAPwAAAEA=", "?"));
    assertThat(fault.error()).isEqualTo(RecordError.MALFORMED);
    assertThat(fault).hasMessageContaining("companions_wide");
  }

  @Test
  void aProgramThatMakesCompanionsWithoutTheirCountsIsToldSo() {
    String[] items = {"a", "b"};
    assertThatThrownBy(() -> new RowCompanions(items, new float[1], new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 companions with 1 and 2 counts");
    assertThatThrownBy(() -> new RowCompanions(items, new float[2], new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 companions with 2 and 3 counts");
  }

  private static byte[] json(String quoted) {
    return quoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static RecordException fault(String quoted) {
    assertThat(quoted).isNotEqualTo(GOOD);
    RecordException fault =
        catchThrowableOfType(RecordException.class, () -> ItemRowJson.read(json(quoted)));
    assertThat(fault).as(quoted).isNotNull();
    return fault;
  }
}

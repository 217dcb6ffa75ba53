// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.freshet.connect.DataFileException;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFileTest {
  private static final String HEADER = "event_id,user_id,item_id,event_type,timestamp_ms,value\n";

  @TempDir private Path folder;

  @Test
  void aCsvIsReadRowByRow() throws IOException {
    assertThat(read("events.csv", HEADER + "1,u1,i1,rating,1000,4.5\n2,u2,i2,click,1001,\n"))
        .containsExactly(
            event("1", "u1", "i1", "rating", 1000, 4.5f),
            event("2", "u2", "i2", "click", 1001, Float.NaN));
  }

  @Test
  void theValueColumnMayBeAbsentColumnsMayStandInAnyOrderAndOthersAreSkipped() throws IOException {
    assertThat(
            read(
                "events.csv",
                "timestamp_ms,note,item_id,user_id,event_type,event_id\n7,x,i,u,click,e\n"))
        .containsExactly(event("e", "u", "i", "click", 7, Float.NaN));
  }

  @Test
  void lineEndsByteOrderMarkEmptyLinesAndAMissingLastLineEndAreNoMatter() throws IOException {
    List<Interaction> expected =
        List.of(event("1", "u", "i", "click", 7, 1), event("2", "u", "i", "click", 8, 2));
    String rows = HEADER + "1,u,i,click,7,1\n2,u,i,click,8,2";
    assertThat(read("a.csv", rows)).isEqualTo(expected);
    assertThat(read("b.csv", rows.replace("\n", "\r\n"))).isEqualTo(expected);
    assertThat(read("c.csv", "\uFEFF" + rows)).isEqualTo(expected);
    assertThat(read("d.csv", "\n" + rows.replace("\n", "\r\n\r\n") + "\n\n")).isEqualTo(expected);
  }

  @Test
  void quotedFieldsMayHoldCommasQuotesAndLineBreaks() throws IOException {
    assertThat(
            read(
                "events.csv",
                "\"event_id\","
                    + HEADER.substring(9)
                    + "\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",\"click\",\"7\",\"\"\r\n"
                    + "\"\"\"\",u,\u4f60\u597d,click,8,1\n"))
        .containsExactly(
            event("a,b", "say \"hi\"", "two\r\nlines", "click", 7, Float.NaN),
            event("\"", "u", "\u4f60\u597d", "click", 8, 1));
  }

  @Test
  void rowsThatCrossTheReadersBufferAreWhole() throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    List<Interaction> expected = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      text.append(i).append(",u").append(i % 7).append(",\"i,").append(i).append("\",click,");
      text.append(i).append(",\n");
      expected.add(event("" + i, "u" + i % 7, "i," + i, "click", i, Float.NaN));
    }
    assertThat(read("events.csv", text.toString())).isEqualTo(expected);
    assertThat(read("events.csv.zst", text.toString())).isEqualTo(expected);
  }

  @Test
  void jsonLinesAreReadAsOnTheTopic() throws IOException {
    Interaction full =
        new Interaction("e", "u", "i", "click", 7, 1.5f, "r", Map.of("page", "home"));
    Interaction bare = Interaction.of("f", "u", "i", "view", 8);
    String lines =
        new String(InteractionJson.write(full), StandardCharsets.UTF_8)
            + "\n\n  \r\n"
            + new String(InteractionJson.write(bare), StandardCharsets.UTF_8);
    for (String name : List.of("a.jsonl", "a.json", "a.jsonl.zst", "A.JSON.ZST")) {
      assertThat(read(name, lines)).containsExactly(full, bare);
      assertThat(read(name, lines + "\r\n")).containsExactly(full, bare);
    }
  }

  @Test
  void jsonLinesThatCrossTheBufferAreWhole() throws IOException {
    StringBuilder text = new StringBuilder();
    List<Interaction> expected = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      Interaction event = Interaction.of("e" + i, "u".repeat(1 + i % 250), "i", "click", i);
      text.append(new String(InteractionJson.write(event), StandardCharsets.UTF_8)).append('\n');
      expected.add(event);
    }
    assertThat(read("events.jsonl", text.toString())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ",u,i,click,7,1|event_id is empty",
        "e,,i,click,7,1|user_id is empty",
        "e,u,,click,7,1|item_id is empty",
        "e,u,i,,7,1|event_type is empty",
        "e,u,i,click,,1|timestamp_ms is empty",
        "e,u,i,click,7.5,1|timestamp_ms must be milliseconds since 1970, not \"7.5\"",
        "e,u,i,click,-7,1|timestamp_ms -7 lies before 1970",
        "e,u,i,click,99999999999999999999,1|timestamp_ms must be milliseconds since 1970",
        "e,u,i,click,7,x|value must be a number or empty, not \"x\"",
        "e,u,i,click,7,NaN|value \"NaN\" is not a finite 32-bit float",
        "e,u,i,click,7,1e99|value \"1e99\" is not a finite 32-bit float",
        "e,u,i,click,7|has 5 fields, but the header names 6 columns",
        "e,u,i,click,7,1,|has 7 fields, but the header names 6 columns",
        "e,u,i\"j,click,7,1|a quote inside a field",
        "e,\"u\"v,i,click,7,1|a closing quote is followed by something else than a comma",
        "e,\"u,i,click,7,1|a quoted field is never closed",
      })
  void aBadRowIsNamedByFileLineAndField(String row, String fault) throws IOException {
    Path path = write("events.csv", HEADER + "e,\"u\nv\",i,click,7,1\n" + row + "\n");
    try (EventStream events = EventFile.at(path).open()) {
      assertThat(events.next()).isNotNull();
      assertThatThrownBy(events::next)
          .isInstanceOf(DataFileException.class)
          .hasMessageStartingWith(path + ", line 4: ")
          .hasMessageContaining(fault);
    }
  }

  @Test
  void whatStandsBehindABadLineCanStillBeRead() throws IOException {
    String good = "e,u,i,click,7,1\n";
    Path path =
        write(
            "events.csv",
            HEADER
                + "e,u,i\"j,click,7,1\n"
                + good
                + "e,\"u\"v,\"i,click\"\n"
                + good
                + "e,\"a,b\",i\r\n"
                + good
                + "e,u,i\"");
    List<String> bad = new ArrayList<>();
    int read = 0;
    try (EventStream events = EventFile.at(path).open()) {
      while (true) {
        try {
          if (events.next() == null) {
            break;
          }
          read++;
          assertThat(events.line()).isEqualTo(1 + 2 * read);
        } catch (BadEventException e) {
          bad.add(e.getMessage().replaceFirst("[:;].*", "") + " " + text(e));
        }
      }
    }
    assertThat(read).isEqualTo(3);
    assertThat(bad)
        .containsExactly(
            path + ", line 2 e,u,i\"j,click,7,1",
            path + ", line 4 e,\"u\"v,\"i,click\"",
            path + ", line 6 e,\"a,b\",i",
            path + ", line 8 e,u,i\"");
  }

  private static String text(BadEventException e) {
    return new String(e.text(), StandardCharsets.UTF_8);
  }

  @Test
  void anIdThatIsTooLongIsNamed() throws IOException {
    Path path = write("events.csv", HEADER + "e," + "u".repeat(257) + ",i,click,7,1\n");
    assertThatThrownBy(() -> readAll(path))
        .hasMessage(path + ", line 2: user_id has 257 characters; at most 256");
  }

  @Test
  void aBadJsonLineIsNamedByFileLineAndField() throws IOException {
    Path path = write("events.jsonl", "\n{\"event_id\":\"e\",\"user_id\":5}\n");
    assertThatThrownBy(() -> readAll(path))
        .isInstanceOf(DataFileException.class)
        .hasMessage(path + ", line 2: user_id must be a string, not the number 5");
  }

  @Test
  void aHeaderWithoutAColumnOrWithOneTwiceIsNamed() throws IOException {
    Path without = write("a.csv", "event_id,user_id,event_type,timestamp_ms\n");
    assertThatThrownBy(() -> EventFile.at(without).open())
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("line 1: the header has no column item_id");
    Path twice = write("b.csv", HEADER.replace("value", "user_id"));
    assertThatThrownBy(() -> EventFile.at(twice).open())
        .hasMessageContaining("the header names user_id twice");
    Path empty = write("c.csv", "");
    assertThatThrownBy(() -> EventFile.at(empty).open()).hasMessageContaining("is empty");
  }

  @Test
  void bytesThatAreNotUtf8AreNamed() throws IOException {
    Path path = folder.resolve("events.csv");
    Files.write(path, (HEADER + "e,\u00fc,i,click,7,1\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> readAll(path))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"events.csv.zst", "events.jsonl.zst"})
  void aCompressedFileThatIsCutOffOrNotCompressedIsNamed(String name) throws IOException {
    Path path = write(name, HEADER + "e,u,i,click,7,1\n");
    byte[] whole = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(whole, whole.length - 8));
    assertThatThrownBy(() -> readAll(path))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith(path + ", line ")
        .hasMessageContaining("cannot be read");
    Files.writeString(path, HEADER);
    assertThatThrownBy(() -> readAll(path))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void aQuoteThatNeverClosesOrALineWithoutEndDoesNotFillTheMemory() throws IOException {
    String endless = "x".repeat(1 << 21);
    Path csv = write("events.csv", HEADER + "\"" + endless);
    assertThatThrownBy(() -> readAll(csv)).hasMessageContaining("line 2: is longer than");
    Path json = write("events.jsonl", endless);
    assertThatThrownBy(() -> readAll(json)).hasMessageContaining("line 1: is longer than");
  }

  @Test
  void aFileThatIsNotThereOrOfAnUnknownFormatIsNamed() throws IOException {
    Path absent = folder.resolve("absent.csv");
    assertThatThrownBy(() -> EventFile.at(absent)).hasMessage(absent + ": there is no such file");
    assertThatThrownBy(() -> EventFile.at(folder)).hasMessageContaining("is not a readable file");
    Path unknown = write("events.parquet", "");
    assertThatThrownBy(() -> EventFile.at(unknown))
        .hasMessageContaining("the name must end in .csv, .jsonl or .json");
  }

  @Test
  void aSummarySaysWhatAFileHolds() throws IOException {
    EventFile file =
        EventFile.at(
            write(
                "events.csv",
                HEADER
                    + "1,u1,i1,rating,1000,4.5\n2,u2,i1,rating,1005,3\n"
                    + "3,u1,i2,view,1005,300\n4,u1,i3,rating,1009,\n"));
    assertThat(file.summarize())
        .isEqualTo(
            new EventFile.Summary(
                4, 2, 3, 1000, 1009, true, 4.5f, Map.of("rating", 3L, "view", 1L)));
  }

  @Test
  void aSummarySeesThatAFileIsNotSortedOrHasNoRatings() throws IOException {
    EventFile file =
        EventFile.at(write("events.csv", HEADER + "1,u,i,click,9,7\n2,u,i,click,8,7\n"));
    EventFile.Summary summary = file.summarize();
    assertThat(summary.sorted()).isFalse();
    assertThat(summary.firstTime()).isEqualTo(8);
    assertThat(summary.lastTime()).isEqualTo(9);
    assertThat(summary.largestRating()).isNaN();
  }

  @Test
  void theSummaryOfAnEmptyFileIsEmpty() throws IOException {
    assertThat(EventFile.at(write("events.csv", HEADER)).summarize())
        .isEqualTo(new EventFile.Summary(0, 0, 0, 0, 0, true, Float.NaN, Map.of()));
  }

  private List<Interaction> read(String name, String text) throws IOException {
    return readAll(write(name, text));
  }

  private static List<Interaction> readAll(Path path) throws IOException {
    List<Interaction> read = new ArrayList<>();
    try (EventStream events = EventFile.at(path).open()) {
      for (Interaction event = events.next(); event != null; event = events.next()) {
        read.add(event);
      }
      assertThat(events.next()).isNull();
    }
    return read;
  }

  private Path write(String name, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean compressed = name.toLowerCase(Locale.ROOT).endsWith(".zst");
    try (OutputStream out = compressed ? new ZstdOutputStream(bytes) : bytes) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return Files.write(folder.resolve(name), bytes.toByteArray());
  }

  private static Interaction event(
      String eventId, String userId, String itemId, String type, long time, float value) {
    return new Interaction(eventId, userId, itemId, type, time, value, null, Map.of());
  }
}

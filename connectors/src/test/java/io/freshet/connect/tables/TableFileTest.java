// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.connect.DataFileException;
import io.freshet.schema.TableHeader;
import io.freshet.schema.TableItem;
import io.freshet.schema.TableUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableFileTest {
  private static final TableHeader HEADER = new TableHeader("topkgat", 3, 2, 2, 2, 1_700L);
  private static final List<TableItem> ITEMS =
      List.of(
          new TableItem("42", 3, row(1), row(2)),
          new TableItem("\u00fc \"quoted\"\n", 0, row(3), row(4)));
  private static final List<TableUser> USERS =
      List.of(
          new TableUser(
              "7", row(5), row(6), new float[] {0.1f, -2.5e-8f}, new String[] {"42", "42"}),
          new TableUser("8", row(7), row(8), new float[0], new String[] {"42"}));

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void writeFile() throws IOException {
    path = folder.resolve("tables.jsonl");
    write(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tables.jsonl", "tables.jsonl.zst", "TABLES.ZST"})
  void whatWasWrittenIsReadBackExactly(String name) throws IOException {
    path = folder.resolve(name);
    write(path);

    try (TableReader reader = TableReader.open(path)) {
      assertThat(reader.header()).isEqualTo(HEADER);
      assertThat(items(reader)).usingRecursiveFieldByFieldElementComparator().isEqualTo(ITEMS);
      assertThat(users(reader)).usingRecursiveFieldByFieldElementComparator().isEqualTo(USERS);
      assertThat(reader.nextItem()).isNull();
      assertThat(reader.nextUser()).isNull();
    }
  }

  @Test
  void anUnfinishedFileLeavesNothingAndSparesTheOneThatWasThere() throws IOException {
    byte[] before = Files.readAllBytes(path);
    try (TableWriter writer = TableWriter.create(path, HEADER)) {
      writer.write(ITEMS.get(0));
      assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    }

    assertThat(Files.readAllBytes(path)).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 | `\"version\":1` | `\"version\":2` | version is 2, but this Freshet reads versions 1 to 1",
        "1 | freshet-tables | other | format is \"other\", but a table file begins with a header",
        "1 | `\"format\":\"freshet-tables\",` | `` | format is missing, but a table file begins",
        "1 | `\"dim\":3` | `\"dim\":0` | dim is 0, but must be from 1 to 2147483647",
        "1 | `\"time\":1700` | `\"time\":true` | time must be milliseconds since 1970",
        "1 | `,\"layers\":2` | `` | layers is missing",
        "2 | `\"degree\":3` | `\"degree\":4` | degree of item \"42\" is 1 above the number of times",
        "2 | `\"degree\":3` | `\"degree\":\"3\"` | degree must be an integer",
        "2 | `\"base\":\"` | `\"base\":\"AAAAAAAAAAAAAAAA` | base has 6 values, but the header's dim is 3",
        "2 | `\"final\":\"` | `\"final\":\"AAAA` | final is not a whole number of 32-bit floats",
        "2 | `\"base\":\"` | `\"base\":\"*` | at base: ",
        "2 | `\"final\":` | `\"last\":` | final is missing",
        "3 | `\"item\":\"\u00fc` | `\"item\":\"42\",\"x\":\"` | item \"42\" is there twice",
        "4 | `\"user\":\"7\"` | `\"user\":\"\"` | user is empty",
        "4 | `\"items\":[\"42\"` | `\"items\":[\"43\"` | items names \"43\", which has no line above",
        "4 | `\"items\":[\"42\"` | `\"items\":[42` | items[] must be a string",
        "4 | `\"thresholds\":[` | `\"thresholds\":[1,` | thresholds has 3 values",
        "5 | `\"user\":\"8\"` | `\"user\":\"7\"` | user \"7\" is there twice",
        "5 | `\"user\"` | `\"item\"` | user is missing",
        "5 | `}` | `` | not valid JSON",
      })
  void aDamagedLineIsNamedWithItsField(int line, String from, String to, String fault)
      throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(path));
    assertThat(lines.get(line - 1)).contains(from);
    lines.set(line - 1, lines.get(line - 1).replace(from, to));
    Files.write(path, lines);

    assertThatThrownBy(() -> readAll(path))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith(path + ", line " + line + ": ")
        .hasMessageContaining(fault);
  }

  @Test
  void aRowThatIsNotFiniteIsRefused() throws IOException {
    TableItem bad = new TableItem("42", 3, row(1), new float[] {0, Float.NaN, 0});
    try (TableWriter writer = TableWriter.create(path, HEADER)) {
      writer.write(bad);
      writer.write(ITEMS.get(1));
      for (TableUser user : USERS) {
        writer.write(user);
      }
      writer.finish();
    }

    assertThatThrownBy(() -> readAll(path))
        .hasMessage(path + ", line 2: final holds NaN, which is no finite number");
  }

  @Test
  void aFileThatEndsEarlyOrLateSaysSo() throws IOException {
    List<String> lines = Files.readAllLines(path);
    Files.write(path, lines.subList(0, 2));
    assertThatThrownBy(() -> readAll(path))
        .hasMessage(path + ", line 3: is missing: the file ends after 1 of the header's 2 items");
    Files.write(path, lines.subList(0, 4));
    assertThatThrownBy(() -> readAll(path))
        .hasMessageContaining("line 5: is missing: the file ends after 1 of the header's 2 users");
    List<String> more = new ArrayList<>(lines);
    more.add(lines.get(4).replace("\"8\"", "\"9\""));
    Files.write(path, more);
    assertThatThrownBy(() -> readAll(path)).hasMessageContaining("line 6: is one too many");
  }

  @Test
  void aTruncatedCompressedFileSaysSo() throws IOException {
    Path compressed = folder.resolve("tables.jsonl.zst");
    write(compressed);
    byte[] bytes = Files.readAllBytes(compressed);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(compressed, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> readAll(compressed))
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(DataFileException.class)
          .hasMessageStartingWith(compressed.toString());
    }
  }

  @Test
  void aFileOfAnotherKindIsRefusedAtItsFirstLine() throws IOException {
    Files.writeString(path, "event_id,user_id,item_id\n1,2,3\n");
    assertThatThrownBy(() -> readAll(path))
        .hasMessageStartingWith(path + ", line 1: is no header: not valid JSON");
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    Files.write(path, noise);
    assertThatThrownBy(() -> readAll(path)).isInstanceOf(DataFileException.class);
    Files.write(path, new byte[0]);
    assertThatThrownBy(() -> readAll(path)).hasMessageContaining("is empty");
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> readAll(none)).hasMessage(none + ": there is no such file");
    assertThatThrownBy(() -> readAll(folder)).hasMessage(folder + ": is not a readable file");
  }

  @Test
  void theExampleOfTheDocumentationIsSuchAFile() throws IOException {
    String text = Files.readString(Path.of("../deploy/docs/tables.md"));
    int start = text.indexOf("```json\n") + "```json\n".length();
    Files.writeString(path, text.substring(start, text.indexOf("```", start)));

    readAll(path);
  }

  @Test
  void unknownFieldsAndBlankLinesAreSkipped() throws IOException {
    String text = Files.readString(path, StandardCharsets.UTF_8);
    Files.writeString(path, text.replace("{", "{\"new\":{\"a\":[1]},").replace("\n", "\r\n\n"));

    readAll(path);
  }

  private static void write(Path path) throws IOException {
    try (TableWriter writer = TableWriter.create(path, HEADER)) {
      for (TableItem item : ITEMS) {
        writer.write(item);
      }
      for (TableUser user : USERS) {
        writer.write(user);
      }
      writer.finish();
    }
  }

  private static void readAll(Path path) throws IOException {
    try (TableReader reader = TableReader.open(path)) {
      items(reader);
      users(reader);
    }
  }

  private static List<TableItem> items(TableReader reader) throws IOException {
    List<TableItem> items = new ArrayList<>();
    for (TableItem item = reader.nextItem(); item != null; item = reader.nextItem()) {
      items.add(item);
    }
    return items;
  }

  private static List<TableUser> users(TableReader reader) throws IOException {
    List<TableUser> users = new ArrayList<>();
    for (TableUser user = reader.nextUser(); user != null; user = reader.nextUser()) {
      users.add(user);
    }
    return users;
  }

  private static float[] row(int seed) {
    return new float[] {seed / 3f, -1e-30f * seed, 3e30f};
  }
}

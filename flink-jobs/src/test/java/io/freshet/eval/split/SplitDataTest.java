// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitDataTest {
  @TempDir private Path directory;

  @Test
  void rowsAreReadWhateverSpaceDividesThemAndRepeatsCount() throws IOException {
    write("0 0\n0\t1\n 1   1 \n0 1\n\n", "0 2\n", "1 0\n1 0\n");

    SplitData data = SplitData.read(directory);

    assertThat(data.train().users()).isEqualTo(2);
    assertThat(data.train().items()).isEqualTo(3);
    assertThat(data.train().edges()).isEqualTo(4);
    assertThat(data.train().userDegrees()).containsExactly(3, 1);
    assertThat(data.train().itemDegrees()).containsExactly(1, 3, 0);
    assertThat(data.valid().size()).isEqualTo(1);
    assertThat(data.test().start(2) - data.test().start(1)).isEqualTo(2);
  }

  @Test
  void usersAndItemsThatTrainDoesNotHoldAreCountedAndAccepted() throws IOException {
    write("0 0\n1 1\n", "0 1\n", "0 2\n2 2\n1 3\n1 0\n");

    assertThat(SplitData.read(directory).notes())
        .containsExactly(
            "test.txt: users without a train row: 1; nothing is known of them",
            "test.txt: items without a train row: 2, in 3 rows; they can hardly be recommended");
  }

  @Test
  void everyFaultOfAllFilesIsToldWithFileAndLine() throws IOException {
    write("0 0\n1\n", "0 1 5\n0 x\n", "0 -1\n");

    assertThatThrownBy(() -> SplitData.read(directory))
        .isInstanceOf(SplitDataException.class)
        .message()
        .satisfies(
            message ->
                assertThat(message.lines().map(line -> line.replace(directory + "/", "")))
                    .containsExactly(
                        "train.txt:2: a row is \"user item\", this one has 1 column",
                        "valid.txt:1: a row is \"user item\", this one has 3 columns",
                        "valid.txt:2: \"0 x\" is not two whole numbers",
                        "test.txt:1: \"0 -1\" has a negative id"));
  }

  @Test
  void manyFaultsAreCountedInsteadOfTold() throws IOException {
    write("0\n".repeat(25), "0 0\n", "0 0\n");

    assertThatThrownBy(() -> SplitData.read(directory))
        .message()
        .satisfies(
            message -> {
              assertThat(message.lines()).hasSize(11);
              assertThat(message).contains("train.txt:10:").endsWith("\nand 15 more");
            });
  }

  @Test
  void missingAndEmptyFilesAreToldTogether() throws IOException {
    Files.writeString(directory.resolve("valid.txt"), "\n\n");
    Files.writeString(directory.resolve("test.txt"), "0 0\n");

    assertThatThrownBy(() -> SplitData.read(directory))
        .hasMessage(
            "no file "
                + directory.resolve("train.txt")
                + "\n"
                + directory.resolve("valid.txt")
                + " has no rows");
  }

  @Test
  void aMissingDirectoryIsOneFault() {
    Path missing = directory.resolve("nowhere");
    assertThatThrownBy(() -> SplitData.read(missing)).hasMessage("no directory " + missing);
  }

  @Test
  void bytesThatAreNoTextAreAFault() throws IOException {
    write("0 0\n", "0 0\n", "0 0\n");
    Files.write(directory.resolve("test.txt"), new byte[] {'0', ' ', (byte) 0xff, '\n'});

    assertThatThrownBy(() -> SplitData.read(directory))
        .hasMessageContaining("test.txt is not text in UTF-8");
  }

  @Test
  void anIdFarBeyondTheNumberOfRowsIsAFaultAndNoAllocation() throws IOException {
    write("0 0\n2000000000 1\n", "0 0\n", "0 0\n");

    assertThatThrownBy(() -> SplitData.read(directory))
        .hasMessageContaining("the largest user id is 2000000000 in 4 rows");
  }

  private void write(String train, String valid, String test) throws IOException {
    List<String> names = List.of("train.txt", "valid.txt", "test.txt");
    List<String> texts = List.of(train, valid, test);
    for (int f = 0; f < names.size(); f++) {
      Files.writeString(directory.resolve(names.get(f)), texts.get(f));
    }
  }
}

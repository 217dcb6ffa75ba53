// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import io.freshet.kernel.SparseRows;
import io.freshet.model.encoder.BipartiteGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A data set that was split by hand: {@code train.txt}, {@code valid.txt} and {@code test.txt} in
 * one directory, each {@code user item} a line, ids from 0. A repeated row counts each time.
 *
 * @param train the edges to learn from
 * @param valid rows by user that decide when to stop
 * @param test rows by user that are reported
 * @param notes what is odd about the files without being wrong, for a person
 */
public record SplitData(
    BipartiteGraph train, SparseRows valid, SparseRows test, List<String> notes) {

  /** Ids may leave gaps, but every id up to the largest costs a row of memory. */
  private static final int MOST_IDS_PER_ROW = 10;

  public SplitData {
    notes = List.copyOf(notes);
  }

  /**
   * Reads a directory.
   *
   * @throws SplitDataException with every fault of the three files
   */
  public static SplitData read(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new SplitDataException("no directory " + directory);
    }
    SplitFaults faults = new SplitFaults();
    SplitFile train = SplitFile.read(directory.resolve("train.txt"), faults);
    SplitFile valid = SplitFile.read(directory.resolve("valid.txt"), faults);
    SplitFile test = SplitFile.read(directory.resolve("test.txt"), faults);
    List<SplitFile> files = List.of(train, valid, test);
    int rows = files.stream().mapToInt(SplitFile::size).sum();
    int largestUser =
        files.stream().map(SplitFile::users).mapToInt(SplitData::largest).max().orElse(-1);
    int largestItem =
        files.stream().map(SplitFile::items).mapToInt(SplitData::largest).max().orElse(-1);
    if (rows > 0) {
      addGap("user", largestUser, rows, faults);
      addGap("item", largestItem, rows, faults);
    }
    faults.throwIfAny();
    int users = largestUser + 1;
    int items = largestItem + 1;
    List<String> notes = new ArrayList<>();
    addUnknown(train, valid, notes);
    addUnknown(train, test, notes);
    return new SplitData(
        BipartiteGraph.of(users, items, train.users(), train.items()),
        SparseRows.ofPairs(users, items, valid.users(), valid.items()),
        SparseRows.ofPairs(users, items, test.users(), test.items()),
        notes);
  }

  private static int largest(int[] ids) {
    return Arrays.stream(ids).max().orElse(-1);
  }

  private static void addGap(String what, int largest, int rows, SplitFaults faults) {
    if (largest / MOST_IDS_PER_ROW > rows) {
      faults.add(
          "the largest "
              + what
              + " id is "
              + largest
              + " in "
              + rows
              + " rows; number "
              + what
              + "s from 0 without such gaps");
    }
  }

  private static void addUnknown(SplitFile train, SplitFile other, List<String> notes) {
    BitSet knownUsers = setOf(train.users());
    BitSet knownItems = setOf(train.items());
    BitSet users = setOf(other.users());
    users.andNot(knownUsers);
    if (!users.isEmpty()) {
      notes.add(
          "%s: users without a train row: %d; nothing is known of them"
              .formatted(other.path().getFileName(), users.cardinality()));
    }
    BitSet items = setOf(other.items());
    items.andNot(knownItems);
    if (!items.isEmpty()) {
      long rows = Arrays.stream(other.items()).filter(items::get).count();
      notes.add(
          "%s: items without a train row: %d, in %d rows; they can hardly be recommended"
              .formatted(other.path().getFileName(), items.cardinality(), rows));
    }
  }

  private static BitSet setOf(int[] ids) {
    BitSet set = new BitSet();
    for (int id : ids) {
      set.set(id);
    }
    return set;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompanionsTest {

  private static final int ITEMS = 60;

  /** An item taken and one met before. */
  private record Pair(int item, int companion) {}

  private record Counts(float wide, float near) {
    Counts plus(float moreWide, float moreNear) {
      return new Counts(wide + moreWide, near + moreNear);
    }
  }

  private final Random random = new Random(17);

  @Test
  void whatNobodyTouchedHasNoCompanions() {
    Companions companions = new Companions(8);
    companions.add(1, row(8, 2));
    assertThat(companions.before(2)).isNull();
    assertThat(companions.after(1)).isNull();
    assertThat(companions.before(1_000_000)).isNull();
    assertThat(companions.after(1_000_000)).isNull();
  }

  @Test
  void whatWasMetBeforeIsFoundFromBothSides() {
    Companions companions = new Companions(8);
    companions.add(3, row(8, 500, 7));
    companions.add(4, row(8, 7));
    companions.add(3, row(8, 7));

    assertThat(before(companions)).isEqualTo(after(companions));
    assertThat(after(companions))
        .containsOnly(
            Map.entry(new Pair(3, 500), new Counts(1, 0.5f)),
            Map.entry(new Pair(3, 7), new Counts(2, 1)),
            Map.entry(new Pair(4, 7), new Counts(1, 0.5f)));
  }

  @Test
  void anOwnersRowTakesThePlaceOfAllThatWasThere() {
    Companions companions = new Companions(8);
    companions.add(3, row(8, 5, 6, 7));
    companions.add(4, row(8, 5));
    companions.replace(3, row(8, 6, 8));

    assertThat(after(companions))
        .containsOnlyKeys(new Pair(3, 6), new Pair(3, 8), new Pair(4, 5))
        .isEqualTo(before(companions));
  }

  @Test
  void bothSidesAgreeWithAMapAfterAnyAddsAndReplacements() {
    Companions companions = new Companions(ITEMS);
    Map<Pair, Counts> model = new HashMap<>();
    for (int round = 0; round < 1000; round++) {
      int item = random.nextInt(ITEMS);
      CompanionRow row = randomRow(item, ITEMS);
      boolean replaces = random.nextInt(3) == 0;
      if (replaces) {
        model.keySet().removeIf(pair -> pair.item() == item);
      }
      for (int i = 0; i < row.size(); i++) {
        Pair pair = new Pair(item, row.item(i));
        model.put(pair, model.getOrDefault(pair, new Counts(0, 0)).plus(row.wide(i), row.near(i)));
      }
      if (replaces) {
        companions.replace(item, row);
      } else {
        companions.add(item, row);
      }
      if (round % 100 == 99) {
        assertThat(before(companions)).isEqualTo(model);
        assertThat(after(companions)).isEqualTo(model);
      }
    }
  }

  @Test
  void smallRowsStaySmallAndTheIndexNeverTellsWhatTheRowsDoNot() {
    int capacity = 6;
    Companions companions = new Companions(capacity);
    int fullRows = 0;
    int fullIndices = 0;
    for (int round = 0; round < 3000; round++) {
      int item = random.nextInt(ITEMS);
      if (random.nextInt(8) == 0) {
        companions.replace(item, randomRow(item, capacity));
      } else {
        companions.add(item, randomRow(item, 4 * capacity));
      }
      assertThat(companions.before(item).size()).isLessThanOrEqualTo(capacity);
      fullRows += companions.before(item).size() == capacity ? 1 : 0;
      CompanionRow after = companions.after(random.nextInt(ITEMS));
      if (after != null) {
        assertThat(after.size()).isLessThanOrEqualTo(Companions.FOLLOWERS * capacity);
        fullIndices += after.size() == Companions.FOLLOWERS * capacity ? 1 : 0;
      }
      if (round % 100 == 99) {
        Map<Pair, Counts> index = after(companions);
        assertThat(index).isNotEmpty();
        assertThat(before(companions)).containsAllEntriesOf(index);
      }
    }
    assertThat(fullRows).isPositive();
    assertThat(fullIndices).isPositive();
  }

  /** Up to ten companions; some items are met far more often than others. */
  private CompanionRow randomRow(int item, int capacity) {
    CompanionRow row = new CompanionRow(capacity);
    for (int i = random.nextInt(10); i >= 0; i--) {
      int companion = random.nextInt(1 + random.nextInt(ITEMS));
      if (companion != item) {
        row.add(companion, 1, random.nextInt(2));
      }
    }
    return row;
  }

  private static CompanionRow row(int capacity, int... companions) {
    CompanionRow row = new CompanionRow(capacity);
    for (int companion : companions) {
      row.add(companion, 1, 0.5f);
    }
    return row;
  }

  private static Map<Pair, Counts> before(Companions companions) {
    Map<Pair, Counts> found = new HashMap<>();
    for (int item = 0; item < 1000; item++) {
      CompanionRow row = companions.before(item);
      for (int i = 0; row != null && i < row.size(); i++) {
        found.put(new Pair(item, row.item(i)), new Counts(row.wide(i), row.near(i)));
      }
    }
    return found;
  }

  /** What the index tells, turned round; counts of 0 tell nothing. */
  private static Map<Pair, Counts> after(Companions companions) {
    Map<Pair, Counts> found = new HashMap<>();
    for (int companion = 0; companion < 1000; companion++) {
      CompanionRow row = companions.after(companion);
      for (int i = 0; row != null && i < row.size(); i++) {
        if (row.wide(i) != 0 || row.near(i) != 0) {
          found.put(new Pair(row.item(i), companion), new Counts(row.wide(i), row.near(i)));
        }
      }
    }
    return found;
  }
}

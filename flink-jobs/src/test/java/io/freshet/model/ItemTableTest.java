// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemTableTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final long DAY = 86_400_000L;

  private final ModelOptions options =
      ModelOptions.builder().dim(4).halfLives(List.of(DAY)).build();
  private final ItemTable items = new ItemTable(options);

  @Test
  void itemsAreNumberedInTheOrderOfArrival() {
    for (int i = 0; i < 1000; i++) {
      assertThat(items.indexOrAdd("item-" + i)).isEqualTo(i);
    }
    assertThat(items.size()).isEqualTo(1000);
    assertThat(items.indexOrAdd("item-7")).isEqualTo(7);
    assertThat(items.indexOf("item-999")).isEqualTo(999);
    assertThat(items.idOf(500)).isEqualTo("item-500");
    assertThat(items.indexOf("other")).isEqualTo(-1);
  }

  @Test
  void aFullTableTurnsNewItemsAwayAndCountsThem() {
    ItemTable small = new ItemTable(ModelOptions.builder().dim(4).itemCapacity(2).build());
    small.indexOrAdd("a");
    small.indexOrAdd("b");
    assertThat(small.indexOrAdd("c")).isEqualTo(-1);
    assertThat(small.indexOrAdd("a")).isZero();
    assertThat(small.rejected()).isEqualTo(1);
    assertThat(small.size()).isEqualTo(2);
  }

  @Test
  void theInitialRowIsAFunctionOfSeedAndIdAlone() {
    items.indexOrAdd("first");
    int item = items.indexOrAdd("book");
    ItemTable other = new ItemTable(options);
    assertThat(items.row(item).embedding())
        .isEqualTo(other.row(other.indexOrAdd("book")).embedding())
        .isEqualTo(initial("book", options).embedding())
        .isNotEqualTo(initial("film", options).embedding())
        .isNotEqualTo(initial("book", ModelOptions.builder().dim(4).seed(2).build()).embedding());
  }

  @Test
  void anItemThatNobodyTouchedIsNoCandidate() {
    int item = items.indexOrAdd("book");
    assertThat(items.candidate(item)).isFalse();
    items.applyOwn(popularity(item, 1, NOW));
    assertThat(items.candidate(item)).isTrue();
    items.setHidden(item, true);
    assertThat(items.candidate(item)).isFalse();
    items.setHidden(item, false);
    assertThat(items.candidate(item)).isTrue();
  }

  @Test
  void anOwnerThatAppliesTheSameChangesHoldsTheSameBits() {
    int item = items.indexOrAdd("book");
    OwnedItem owner = initial("book", options);
    for (ItemChange change : changes(item, 50)) {
      items.applyOwn(change);
      owner.apply(change, options);
    }
    assertSame(items.row(item), owner);
  }

  @Test
  void ownerRowsAtAnyDelayLeaveASingleLearnersReplicaBitForBit() {
    int item = items.indexOrAdd("book");
    ItemTable direct = new ItemTable(options);
    direct.indexOrAdd("book");
    OwnedItem owner = initial("book", options);
    Random random = new Random(11);
    List<ItemChange> changes = changes(item, 200);
    int contained = 0;
    for (int sent = 0; sent < changes.size(); sent++) {
      items.applyOwn(changes.get(sent));
      direct.applyOwn(changes.get(sent));
      if (random.nextInt(3) == 0) {
        int upTo = contained + random.nextInt(sent + 2 - contained);
        for (; contained < upTo; contained++) {
          owner.apply(changes.get(contained), options);
        }
        assertThat(items.applyOwnerRow(item, 1, sent, copy(owner), contained)).isTrue();
        OwnedItem same = copy(owner);
        assertThat(items.applyOwnerCompanions(item, 1, sent, same.companions, contained)).isTrue();
        assertSame(items.row(item), direct.row(item));
        assertThat(items.pendingCount()).isEqualTo(sent + 1 - contained);
      }
    }
  }

  @Test
  void anOlderOwnerRowIsIgnoredAndANewerEpochWins() {
    int item = items.indexOrAdd("book");
    OwnedItem row = initial("book", options);
    row.counts.degree = 5;
    assertThat(items.applyOwnerRow(item, 2, 7, copy(row), Long.MIN_VALUE)).isTrue();
    row.counts.degree = 4;
    assertThat(items.applyOwnerRow(item, 2, 6, row, Long.MIN_VALUE)).isFalse();
    assertThat(items.applyOwnerRow(item, 1, 99, row, Long.MIN_VALUE)).isFalse();
    assertThat(items.degree(item)).isEqualTo(5);
    assertThat(items.outdatedRows()).isEqualTo(2);
    assertThat(items.applyOwnerRow(item, 3, 0, row, Long.MIN_VALUE)).isTrue();
    assertThat(items.degree(item)).isEqualTo(4);
  }

  @Test
  void otherLearnersWorkArrivesUnderTheOwnPendingChanges() {
    int item = items.indexOrAdd("book");
    items.applyOwn(popularity(item, 1, NOW));
    items.applyOwn(popularity(item, 2, NOW));
    OwnedItem owner = initial("book", options);
    owner.apply(popularity(item, 1, NOW), options);
    for (int other = 0; other < 10; other++) {
      owner.apply(popularity(item, other, NOW), options);
    }
    items.applyOwnerRow(item, 1, 1, owner, 1);
    assertThat(items.degree(item)).isEqualTo(12);
    assertThat(items.counts(item).popularityAt(0, NOW, options)).isEqualTo(12);
    assertThat(items.pendingCount()).isEqualTo(1);
    items.applyOwnerRow(item, 1, 2, items.row(item), 2);
    assertThat(items.pendingCount()).isZero();
    assertThat(items.pendingBytes()).isZero();
  }

  @Test
  void anOwnersHiddenFlagReachesTheReplica() {
    int item = items.indexOrAdd("book");
    items.applyOwn(popularity(item, 1, NOW));
    OwnedItem owner = initial("book", options);
    owner.setHidden(true);
    items.applyOwnerRow(item, 1, 1, owner, Long.MIN_VALUE);
    assertThat(items.hidden(item)).isTrue();
    assertThat(items.candidate(item)).isFalse();
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    int item = items.indexOrAdd("book");
    OwnedItem wide = initial("book", ModelOptions.builder().dim(8).build());
    assertThatThrownBy(() -> items.applyOwnerRow(item, 1, 1, wide, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("book")
        .hasMessageContaining("9");
  }

  @Test
  void thePendingLogIsBoundedAndSaysWhatItRefused() {
    ItemTable small =
        new ItemTable(
            ModelOptions.builder().dim(4).halfLives(List.of(DAY)).maxPendingBytes(900).build());
    int item = small.indexOrAdd("book");
    for (ItemChange change : changes(item, 10)) {
      small.applyOwn(change);
    }
    assertThat(small.pendingCount()).isPositive();
    assertThat(small.pendingBytes()).isPositive().isLessThanOrEqualTo(900);
    assertThat(small.pendingRefused()).isEqualTo(10 - small.pendingCount());
  }

  @Test
  void rankingByKeyIsRankingByDecayedPopularityAtAnyTime() {
    int old = items.indexOrAdd("old");
    int fresh = items.indexOrAdd("fresh");
    long halfLife = options.halfLives().get(0);
    for (int i = 0; i < 3; i++) {
      items.applyOwn(popularity(old, i, NOW));
    }
    items.applyOwn(popularity(fresh, 9, NOW + halfLife));
    assertThat(items.trending().key(0, old)).isGreaterThan(items.trending().key(0, fresh));
    items.applyOwn(popularity(fresh, 10, NOW + 2 * halfLife));
    assertThat(items.trending().key(0, old)).isLessThan(items.trending().key(0, fresh));
    assertThat(items.counts(old).popularityAt(0, NOW + 5 * halfLife, options)).isEqualTo(3.0 / 32);
  }

  private static OwnedItem initial(String id, ModelOptions options) {
    return InitialRows.hashed(options).item(id);
  }

  private List<ItemChange> changes(int item, int count) {
    Random random = new Random(3);
    List<ItemChange> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] gradient = random.nextInt(4) == 0 ? null : new float[options.width()];
      for (int c = 0; gradient != null && c < gradient.length; c++) {
        gradient[c] = random.nextFloat() - 0.5f;
      }
      long time = NOW + random.nextInt(1_000_000_000);
      int amount = random.nextInt(4) - 1;
      changes.add(new ItemChange(item, i + 1, gradient, taken(amount, time), met(random)));
    }
    return changes;
  }

  private static ItemChange popularity(int item, long sequence, long time) {
    return new ItemChange(item, sequence, null, taken(1, time), null);
  }

  private static ItemCounts taken(int amount, long time) {
    ModelOptions options = ModelOptions.builder().dim(4).halfLives(List.of(DAY)).build();
    ItemCounts counts = new ItemCounts(options);
    counts.degree = amount;
    counts.took(amount, time, options);
    return counts;
  }

  /** A few of thirty other items. */
  private static CompanionRow met(Random random) {
    CompanionRow row = new CompanionRow(8);
    for (int i = 0; i < 3; i++) {
      row.add(100 + random.nextInt(30), 1, random.nextInt(2));
    }
    return row;
  }

  private OwnedItem copy(OwnedItem row) {
    ItemCounts counts = row.counts;
    CompanionRow companions = new CompanionRow(options.companions());
    for (int i = 0; i < row.companions.size(); i++) {
      companions.add(row.companions.item(i), row.companions.wide(i), row.companions.near(i));
    }
    return OwnedItem.of(
        row.embedding.clone(),
        row.accumulator,
        ItemCounts.of(
            options,
            counts.degree,
            counts.exposures,
            counts.popularity,
            counts.exposure,
            counts.time,
            counts.firstSeen,
            counts.lastSeen),
        companions,
        row.hidden);
  }

  private static void assertSame(OwnedItem actual, OwnedItem expected) {
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }
}

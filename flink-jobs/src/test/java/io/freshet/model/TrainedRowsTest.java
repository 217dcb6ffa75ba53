// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TrainedRowsTest {
  private static final long TIME = 1_700_000_000_000L;

  private final ModelOptions options =
      ModelOptions.builder().encoder(StreamEncoder.MF).dim(3).build();
  private final InitialRows rows = rows(options);

  private static InitialRows rows(ModelOptions options) {
    return TrainedRows.builder(options, TIME, 3, 2)
        .item("book", new float[] {1, 2, 3})
        .item("film", new float[] {-1, 0, 2})
        .item("unread", new float[] {7, 7, 7})
        .user("ann", new float[] {1, 0, 0}, new String[] {"book", "film", "book"})
        .user("bob", new float[] {0, 0, 1}, new String[] {"book"})
        .build();
  }

  @Test
  void anItemStartsFromItsRowWithoutBiasAndWithoutSteps() {
    OwnedItem book = rows.item("book");

    assertThat(book.embedding()).containsExactly(1, 2, 3, 0);
    assertThat(book.accumulator()).isZero();
    assertThat(book.hidden()).isFalse();
    assertThat(book.counts().lastSeen()).isEqualTo(TIME);
  }

  @Test
  void anItemsDegreeAndPopularityAreItsDistinctUsers() {
    assertThat(rows.item("book").counts().degree()).isEqualTo(2);
    assertThat(rows.item("film").counts().degree()).isEqualTo(1);
    ItemTable items = new ItemTable(options, rows);
    int book = items.indexOrAdd("book");
    assertThat(items.counts(book).popularityAt(0, TIME, options)).isEqualTo(2);
    assertThat(items.counts(book).popularityAt(0, TIME + options.halfLives().get(0), options))
        .isEqualTo(1);
  }

  @Test
  void everyAnswerIsACopy() {
    rows.item("book").embedding()[0] = 99;
    ItemTable items = new ItemTable(options, rows);
    rows.user("ann", items).embedding()[0] = 99;

    assertThat(rows.item("book").embedding()[0]).isEqualTo(1);
    assertThat(rows.user("ann", items).embedding()[0]).isEqualTo(1);
  }

  @Test
  void aUserStartsFromItsRowAndItsEdgesWithTheirNumbersAsWeights() {
    ItemTable items = new ItemTable(options, rows);
    items.indexOrAdd("other"); // indices are the table's, not the file's

    UserProfile ann = rows.user("ann", items);

    assertThat(ann.embedding()).containsExactly(1, 0, 0);
    assertThat(ann.degree()).isEqualTo(2);
    assertThat(ann.lastSeen()).isEqualTo(Long.MIN_VALUE);
    assertThat(ann.historySize()).isEqualTo(2);
    assertThat(items.idOf(ann.historyItem(0))).isEqualTo("book");
    assertThat(ann.historyWeight(0)).isEqualTo(2);
    assertThat(items.idOf(ann.historyItem(1))).isEqualTo("film");
    assertThat(ann.historyWeight(1)).isEqualTo(1);
    assertThat(ann.historyTime(1)).isEqualTo(TIME);
  }

  @Test
  void aHistoryKeepsTheLatestThatItsBoundAllowsAndTheDegreeOfAll() {
    ModelOptions tight = ModelOptions.builder().dim(3).historyBound(1).build();
    InitialRows bounded = rows(tight);
    ItemTable items = new ItemTable(tight, bounded);

    UserProfile ann = bounded.user("ann", items);

    assertThat(ann.historySize()).isEqualTo(1);
    assertThat(items.idOf(ann.historyItem(0))).isEqualTo("film");
    assertThat(ann.degree()).isEqualTo(2);
  }

  @Test
  void itemsThatDoNotFitLeaveTheHistory() {
    ModelOptions small = ModelOptions.builder().dim(3).itemCapacity(1).build();
    InitialRows known = rows(small);
    ItemTable items = new ItemTable(small, known);
    items.addKnown();

    UserProfile ann = known.user("ann", items);

    assertThat(items.size()).isEqualTo(1);
    assertThat(ann.historySize()).isEqualTo(1);
  }

  @Test
  void whoIsNotAmongThemStartsFromNothing() {
    assertThat(rows.knowsUser("ann")).isTrue();
    assertThat(rows.knowsUser("eve")).isFalse();
    assertThat(rows.item("other").embedding())
        .isEqualTo(InitialRows.hashed(options).item("other").embedding());
    UserProfile eve = rows.user("eve", new ItemTable(options, rows));
    assertThat(eve.historySize()).isZero();
    assertThat(eve.embedding()).containsExactly(0, 0, 0);
  }

  @Test
  void knownItemsWithUsersAreCandidatesFromTheStart() {
    ItemTable items = new ItemTable(options, rows);
    items.addKnown();

    assertThat(items.size()).isEqualTo(3);
    assertThat(items.candidate(items.indexOf("book"))).isTrue();
    assertThat(items.candidate(items.indexOf("unread"))).as("nobody had it").isFalse();
  }

  @Test
  void aKnownUsersFirstListIsThatOfTheRowsWithoutTheUsersItems() {
    ModelOptions flat = ModelOptions.builder().dim(2).build();
    TrainedRows.Builder builder = TrainedRows.builder(flat, TIME, 8, 8);
    for (int i = 0; i < 8; i++) {
      builder.item(
          "i" + i, new float[] {5 * (float) Math.cos(angle(i)), 5 * (float) Math.sin(angle(i))});
    }
    for (int u = 0; u < 8; u++) { // every item has one user: popularity says nothing
      builder.user(
          "u" + u, new float[] {(float) Math.cos(u), (float) Math.sin(u)}, new String[] {"i" + u});
    }
    InitialRows known = builder.build();
    try (OnlineModel model = new OnlineModel(flat, known)) {
      model.items().addKnown();
      for (int u = 0; u < 8; u++) {
        UserProfile[] user = {known.user("u" + u, model.items())};
        int self = u;
        Integer[] expected = new Integer[] {0, 1, 2, 3, 4, 5, 6, 7};
        Arrays.sort(
            expected,
            (a, b) -> Double.compare(Math.cos(angle(b) - self), Math.cos(angle(a) - self)));

        RankedList list = model.rank(user, 1, 7, true, null)[0];

        assertThat(list.cold()).isFalse();
        assertThat(list.items())
            .as("list of u" + u)
            .containsExactly(
                Arrays.stream(expected).filter(i -> i != self).mapToInt(i -> i).toArray());
      }
    }
  }

  private static double angle(int item) {
    return 0.3 + 1.1 * item;
  }

  @Test
  void anEventOnAKnownEdgeCountsNobodyTwice() {
    try (OnlineModel model = new OnlineModel(options, rows)) {
      model.items().addKnown();
      UserProfile ann = rows.user("ann", model.items());
      int book = model.items().indexOf("book");

      assertThat(model.observe(ann, book, 1, TIME + 1)).isEqualTo(Observation.REPEATED_EDGE);
      model.learn();

      assertThat(model.items().degree(book)).isEqualTo(2);
      assertThat(ann.degree()).isEqualTo(2);
      assertThat(ann.historySize()).isEqualTo(2);
    }
  }

  @Test
  void anErasedUserLeavesTheCountsOfItsItems() {
    try (OnlineModel model = new OnlineModel(options, rows)) {
      model.items().addKnown();

      model.erase(rows.user("ann", model.items()));

      int book = model.items().indexOf("book");
      assertThat(model.items().degree(book)).isEqualTo(1);
      assertThat(model.items().counts(book).popularityAt(0, TIME, options)).isEqualTo(1);
      assertThat(model.items().degree(model.items().indexOf("film"))).isZero();
    }
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    TrainedRows.Builder builder = TrainedRows.builder(options, TIME, 1, 1);
    float[] row = new float[3];
    builder.item("book", row);

    assertThatThrownBy(() -> builder.item("book", row)).hasMessageContaining("book");
    assertThatThrownBy(() -> builder.item("film", new float[2])).hasMessageContaining("film");
    assertThatThrownBy(() -> builder.user("ann", row, new String[] {"film"}))
        .hasMessageContaining("film");
  }
}

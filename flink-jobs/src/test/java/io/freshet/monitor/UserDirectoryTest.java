// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schema.Interaction;
import org.junit.jupiter.api.Test;

class UserDirectoryTest {
  private final UserDirectory users = new UserDirectory(3);

  @Test
  void whoWasNeitherActiveNorLookedUpIsLetGo() {
    put("a", 1);
    put("b", 1);
    put("c", 1);
    assertThat(users.find("a", 5)).isNotNull();
    users.add(click("b", 1));
    put("d", 1);

    assertThat(users.find("c", 5)).isNull();
    assertThat(users.find("a", 5)).isNotNull();
    assertThat(users.find("b", 5)).isNotNull();
    assertThat(users.fill()).isEqualTo(new UserDirectory.Fill(3, 3, 1));
  }

  @Test
  void theLatestEventsAreHeldTheNewestFirst() {
    for (int i = 0; i < HeldUser.EVENTS + 5; i++) {
      users.add(click("a", i));
    }

    UserDirectory.View view = users.find("a", 5);
    assertThat(view.list()).isNull();
    assertThat(view.events()).hasSize(HeldUser.EVENTS);
    assertThat(view.events().get(0).timestamp()).isEqualTo(HeldUser.EVENTS + 4);
  }

  @Test
  void anErasedUserLeavesWithTheEvents() {
    put("a", 1);
    users.add(click("a", 1));
    users.erase("a");

    assertThat(users.find("a", 5)).isNull();
    assertThat(users.fill().letGo()).isZero();
  }

  @Test
  void neighboursHaveTheSamePathBeforeALongerPrefixBeforeAShorterOne() {
    UserDirectory many = new UserDirectory(100);
    many.put(MadeRecords.list("me", 1, 1, 3, 1, 7));
    many.put(MadeRecords.list("first", 1, 2, 3, 9, 7));
    assertThat(names(many.find("me", 5))).containsExactly("first");
    assertThat(many.find("me", 5).neighbours().shared()).isEqualTo(1);

    many.put(MadeRecords.list("second", 1, 3, 3, 1, 0));
    assertThat(names(many.find("me", 5))).containsExactly("second");
    assertThat(many.find("me", 5).neighbours().shared()).isEqualTo(2);

    for (int i = 0; i < 4; i++) {
      many.put(MadeRecords.list("same" + i, 1, 10 + i, 3, 1, 7));
    }
    UserDirectory.Neighbours neighbours = many.find("me", 3).neighbours();
    assertThat(neighbours.shared()).isEqualTo(3);
    assertThat(neighbours.count()).isEqualTo(4);
    assertThat(neighbours.users())
        .extracting(UserDirectory.Neighbour::userId)
        .containsExactly("same3", "same2", "same1");
  }

  @Test
  void withoutCodesThereIsNoNeighbour() {
    put("a", 1);
    put("b", 1);

    assertThat(users.find("a", 5).neighbours().count()).isZero();
  }

  @Test
  void suggestionsAreThoseWhoWereActiveLast() {
    put("u1", 1);
    put("u2", 1);
    put("x", 1);
    users.add(click("u1", 5));

    assertThat(users.startingWith("u", 5)).containsExactly("u1", "u2");
    assertThat(users.startingWith("", 2)).containsExactly("u1", "x");
  }

  private static Iterable<String> names(UserDirectory.View view) {
    return view.neighbours().users().stream().map(UserDirectory.Neighbour::userId).toList();
  }

  private void put(String user, long time) {
    users.put(MadeRecords.list(user, time, time));
  }

  private static Interaction click(String user, long time) {
    return Interaction.of("e" + time, user, "i1", "click", time);
  }
}

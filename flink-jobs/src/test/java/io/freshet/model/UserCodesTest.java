// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.codebook.CodeStatistics;
import io.freshet.model.codebook.CodebookFit;
import io.freshet.model.codebook.CodebookOptions;
import io.freshet.model.codebook.Codebooks;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UserCodesTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final int USERS = 60;

  private final CodebookOptions codebooks =
      CodebookOptions.builder().levels(2).codes(4).minUsers(50).build();
  private final CodebookFit fit = new CodebookFit(codebooks, 8, 1);

  @Test
  void usersGetCodesOnceThereAreBooksAndUntilThenTellOfTheirVectors() {
    try (OnlineModel model = new OnlineModel(options().build())) {
      UserProfile[] users = users(model);
      step(model, users, 0);
      assertThat(users[0].codes()).isEmpty();
      CodeStatistics vectors = model.codeStatistics();
      assertThat(vectors.version()).isZero();
      assertThat(vectors.users()).isEqualTo(USERS);
      assertThat(model.codeStatistics()).isNull();

      fit.add(vectors);
      model.books(fit.refit(NOW).books());
      assertThat(users[0].codes()).isEmpty();
      step(model, Arrays.copyOf(users, 10), 1);

      assertThat(users[0].codes()).hasSize(2);
      assertThat(users[0].codesEpoch()).isEqualTo(1);
      assertThat(users[0].codesVersion()).isEqualTo(1);
      assertThat(users[0].codesTime()).isEqualTo(users[0].lastSeen());
      assertThat(users[10].codes()).isEmpty();
      CodeStatistics coded = model.codeStatistics();
      assertThat(coded.version()).isEqualTo(1);
      assertThat(coded.users()).isEqualTo(10);
      assertThat(coded.compared()).isZero();
      step(model, users, 2);
      assertThat(model.codeStatistics().compared()).isEqualTo(10);
    }
  }

  @Test
  void usersOfOneTasteShareACode() {
    try (OnlineModel model = new OnlineModel(options().build())) {
      UserProfile[] users = users(model);
      fitted(model, users);
      int[][] counts = new int[2][4];
      for (int u = 0; u < USERS; u++) {
        counts[u % 2][users[u].codes()[0]]++;
      }
      int apart = 0;
      for (int k = 0; k < 4; k++) {
        apart += Math.max(counts[0][k], counts[1][k]);
      }
      assertThat(apart).isGreaterThan(USERS * 9 / 10);
    }
  }

  @Test
  void aUserCountsOnceInAMiniStep() {
    try (OnlineModel model = new OnlineModel(options().build())) {
      UserProfile user = users(model)[0];
      model.observe(user, 0, 1, NOW);
      model.observe(user, 2, 1, NOW);
      model.learn();
      assertThat(model.codeStatistics().users()).isEqualTo(1);
    }
  }

  @Test
  void otherBooksDropWhatTheOnesBeforeGathered() {
    try (OnlineModel model = new OnlineModel(options().build())) {
      UserProfile[] users = users(model);
      fitted(model, users);
      step(model, users, 9);
      model.books(model.books());
      assertThat(model.codeStatistics()).isNull();
    }
  }

  @Test
  void booksOfAnotherShapeAreRefused() {
    try (OnlineModel model = new OnlineModel(options().build())) {
      assertThatThrownBy(() -> model.books(Codebooks.empty(1, 2, 5, 8)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2 levels of 5 codes of 8 values, not 2 of 4 of 8");
    }
  }

  @Test
  void whereUsersGetNoCodesThereIsNothingToGather() {
    try (OnlineModel model = new OnlineModel(options().codebooks(null).build())) {
      step(model, users(model), 0);
      assertThat(model.books()).isNull();
      assertThat(model.codeStatistics()).isNull();
      assertThatThrownBy(() -> model.books(fit.books())).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void thePrefixChannelAloneBringsWhatTheUsersOfTheSameTasteTook() {
    try (OnlineModel model =
        new OnlineModel(options().channels(EnumSet.of(Channel.PREFIX)).build())) {
      UserProfile[] users = users(model);
      fitted(model, users);
      for (int round = 0; round < 5; round++) {
        step(model, users, 10 + round);
      }
      int own = 0;
      int all = 0;
      RankedList[] lists = model.rank(users, USERS, 5, true, null);
      for (int u = 0; u < USERS; u++) {
        for (int item : lists[u].items()) {
          own += item % 2 == u % 2 ? 1 : 0;
          all++;
        }
      }
      assertThat(all).isGreaterThan(USERS);
      assertThat(own).isGreaterThan(all * 8 / 10);
    }
  }

  @Test
  void hardNegativesLeaveALearnerThatStillLearns() {
    try (OnlineModel model = new OnlineModel(options().hardNegatives(0.5f).build());
        OnlineModel without = new OnlineModel(options().build())) {
      UserProfile[] users = users(model);
      UserProfile[] others = users(without);
      fitted(model, users);
      fitted(without, others);
      for (int round = 0; round < 5; round++) {
        step(model, users, 10 + round);
        step(without, others, 10 + round);
      }
      assertThat(model.items().rows).isNotEqualTo(without.items().rows);
      assertThat(users[0].embedding()).doesNotContain(Float.NaN);
    }
  }

  @Test
  void whatAsksForCodesIsRefusedWithoutThem() {
    assertThatThrownBy(() -> options().codebooks(null).hardNegatives(0.1f).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("codebooks");
    assertThatThrownBy(() -> options().codebooks(null).channels(Set.of(Channel.PREFIX)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("codebooks");
  }

  private ModelOptions.Builder options() {
    return ModelOptions.builder().dim(8).codebooks(codebooks);
  }

  /** Users of two tastes in turn, and forty items of theirs in turn. */
  private static UserProfile[] users(OnlineModel model) {
    for (int item = 0; item < 40; item++) {
      model.items().indexOrAdd("i" + item);
    }
    UserProfile[] users = new UserProfile[USERS];
    for (int u = 0; u < USERS; u++) {
      users[u] = new UserProfile("u" + u, model.options());
    }
    return users;
  }

  private static void step(OnlineModel model, UserProfile[] users, int round) {
    Random random = new Random(round);
    for (int u = 0; u < users.length; u++) {
      model.observe(users[u], 2 * random.nextInt(20) + u % 2, 1, NOW + round);
    }
    model.learn();
  }

  private void fitted(OnlineModel model, UserProfile[] users) {
    for (int round = 0; round < 8; round++) {
      step(model, users, round);
    }
    CodebookFit own = new CodebookFit(codebooks, 8, 1);
    own.add(model.codeStatistics());
    model.books(own.refit(NOW).books());
    step(model, users, 8);
  }
}

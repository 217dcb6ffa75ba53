// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.Encoder;
import io.freshet.model.encoder.LightGcn;
import io.freshet.model.encoder.Ngat4Rec;
import io.freshet.model.encoder.NodeRows;
import io.freshet.model.encoder.Outside;
import io.freshet.model.encoder.Parameters;
import io.freshet.model.encoder.Readout;
import io.freshet.model.encoder.TopKGat;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UserRowTest {
  private static final int DIM = 6;
  private static final long NOW = 1_750_000_000_000L;

  private final Random random = new Random(5);

  @ParameterizedTest
  @EnumSource(
      value = StreamEncoder.class,
      names = {"LIGHTGCN", "NGAT4REC", "TOPKGAT"})
  void aUsersItemsAddWhatALayerOfTheEncoderMakesOfThem(StreamEncoder kind) {
    try (OnlineModel model = model(kind)) {
      UserProfile user = userOfSomeItems(model, 7);
      user.threshold = 0.4f;

      float[] row = new UserRow(model.options(), model.items()).of(user);

      float[] layer = layer(kind, user, model.items());
      for (int c = 0; c < DIM; c++) {
        assertThat(row[c]).isCloseTo(user.embedding[c] + layer[c], within(1e-5f));
      }
    }
  }

  @Test
  void rankformerAddsThePullOfOwnItemsAndThePushOfAllOthers() {
    try (OnlineModel model = model(StreamEncoder.RANKFORMER)) {
      UserProfile user = userOfSomeItems(model, 7, 40);

      float[] row = new UserRow(model.options(), model.items()).of(user);

      double[] expected = pairByPair(user, model.items());
      for (int c = 0; c < DIM; c++) {
        assertThat(row[c]).isCloseTo((float) expected[c], within(1e-5f));
      }
    }
  }

  /** The definition of {@link StreamEncoder#RANKFORMER}, one pair at a time. */
  private static double[] pairByPair(UserProfile user, ItemTable items) {
    int own = user.historySize();
    int others = items.count() - own;
    double positive = 0;
    double negative = 0;
    for (int i = 0; i < items.size(); i++) {
      if (user.hasEdge(i)) {
        positive += cosine(user, items, i) / own;
      } else {
        negative += cosine(user, items, i) / others;
      }
    }
    double[] sum = new double[DIM];
    double pull = 0;
    double push = 0;
    for (int i = 0; i < items.size(); i++) {
      double weight =
          user.hasEdge(i)
              ? (cosine(user, items, i) - negative + 2) / own
              : (cosine(user, items, i) - positive - 2) / others;
      if (user.hasEdge(i)) {
        pull += weight;
      } else {
        push -= weight;
      }
      for (int c = 0; c < DIM; c++) {
        sum[c] += weight * items.rows[i * (DIM + 1) + c];
      }
    }
    for (int c = 0; c < DIM; c++) {
      sum[c] = user.embedding[c] + sum[c] / (pull + push);
    }
    return sum;
  }

  private static double cosine(UserProfile user, ItemTable items, int item) {
    float[] row = Arrays.copyOfRange(items.rows, item * (DIM + 1), item * (DIM + 1) + DIM);
    return dot(user.embedding, row)
        / Math.sqrt(dot(user.embedding, user.embedding) * dot(row, row));
  }

  @Test
  void onlyTheLatestEdgesAreSummedOver() {
    try (OnlineModel model = model(StreamEncoder.LIGHTGCN)) {
      UserProfile user = userOfSomeItems(model, UserRow.NEIGHBOURS + 20);
      UserProfile latest = new UserProfile("latest", model.options());
      System.arraycopy(user.embedding, 0, latest.embedding, 0, DIM);
      for (int i = 20; i < user.historySize(); i++) {
        latest.history.insert(user.historyItem(i), NOW + i, 1, 1000);
      }
      UserRow rows = new UserRow(model.options(), model.items());

      assertThat(rows.of(user).clone()).containsExactly(rows.of(latest));
    }
  }

  @ParameterizedTest
  @EnumSource(StreamEncoder.class)
  void aUserWithoutEdgesHasItsOwnRow(StreamEncoder kind) {
    try (OnlineModel model = model(kind)) {
      UserProfile user = new UserProfile("new", model.options());
      user.embedding[1] = 2;
      user.history.insert(model.items().indexOrAdd("noted"), NOW, 0, 10);

      assertThat(new UserRow(model.options(), model.items()).of(user))
          .containsExactly(0, 2, 0, 0, 0, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(StreamEncoder.class)
  void whatTheItemsAddCanBeTakenOutBefore(StreamEncoder kind) {
    try (OnlineModel model = model(kind)) {
      UserProfile user = userOfSomeItems(model, 9);
      float[] whole = user.embedding.clone();
      UserRow rows = new UserRow(model.options(), model.items());

      rows.takeOut(user);

      float[] row = rows.of(user);
      for (int c = 0; c < DIM; c++) {
        assertThat(row[c]).isCloseTo(whole[c], within(2e-3f));
      }
    }
  }

  @Test
  void theThresholdMovesAgainstItsGradient() {
    try (OnlineModel model = model(StreamEncoder.TOPKGAT)) {
      UserRow rows = new UserRow(model.options(), model.items());
      for (int trial = 0; trial < 20; trial++) {
        UserProfile user = userOfSomeItems(model, 8);
        user.threshold = (float) random.nextGaussian();
        float[] gradient = gaussians();
        double slope = slope(rows, user, gradient);
        float before = user.threshold;

        rows.of(user);
        rows.learnThreshold(user, gradient);

        assertThat(Math.signum(user.threshold - before)).isEqualTo((float) -Math.signum(slope));
        assertThat(user.thresholdAccumulator)
            .isCloseTo((float) (slope * slope), within((float) (slope * slope * .05 + 1e-6)));
      }
    }
  }

  /** Numerical derivative of the row times the gradient by the raw threshold. */
  private double slope(UserRow rows, UserProfile user, float[] gradient) {
    float at = user.threshold;
    float step = 0.01f;
    user.threshold = at + step;
    double above = dot(rows.of(user), gradient);
    user.threshold = at - step;
    double below = dot(rows.of(user), gradient);
    user.threshold = at;
    return (above - below) / (2 * step);
  }

  private static OnlineModel model(StreamEncoder kind) {
    return new OnlineModel(ModelOptions.builder().dim(DIM).encoder(kind).build());
  }

  /** A user with a row and so many items, whose rows are not small and whose users differ. */
  private UserProfile userOfSomeItems(OnlineModel model, int count) {
    return userOfSomeItems(model, count, 0);
  }

  private UserProfile userOfSomeItems(OnlineModel model, int count, int others) {
    ItemTable items = model.items();
    for (int i = 0; i < others; i++) {
      items.indexOrAdd("other" + i);
    }
    UserProfile user = new UserProfile("ann" + random.nextInt(), model.options());
    for (int i = 0; i < count; i++) {
      int item = items.indexOrAdd("i" + i);
      for (int other = 0; other < random.nextInt(3); other++) {
        model.observe(new UserProfile("o" + random.nextInt(), model.options()), item, 1, NOW);
      }
      model.observe(user, item, 1, NOW + i);
    }
    model.learn();
    for (int item = 0; item < items.size(); item++) {
      OwnedItem row = items.row(item);
      System.arraycopy(gaussians(), 0, row.embedding, 0, DIM);
      items.applyOwnerRow(item, 1, 1, row, Long.MAX_VALUE);
    }
    System.arraycopy(gaussians(), 0, user.embedding, 0, DIM);
    return user;
  }

  private float[] gaussians() {
    float[] values = new float[DIM];
    for (int c = 0; c < DIM; c++) {
      values[c] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] layer(StreamEncoder kind, UserProfile user, ItemTable items) {
    Encoder encoder =
        switch (kind) {
          case NGAT4REC -> new Ngat4Rec(1, Readout.LAST);
          case TOPKGAT -> new TopKGat(1);
          case LIGHTGCN -> new LightGcn(1, Readout.LAST);
          case MF, RANKFORMER -> throw new IllegalArgumentException("no sum of neighbours");
        };
    int n = user.historySize();
    int[] columns = new int[n];
    int[] degrees = new int[n];
    NodeRows stored = NodeRows.zero(1, n, DIM);
    for (int e = 0; e < n; e++) {
      columns[e] = e;
      degrees[e] = (int) items.degree(user.historyItem(e));
      System.arraycopy(items.rows, user.historyItem(e) * (DIM + 1), stored.items(), e * DIM, DIM);
    }
    SparseRows byUser = SparseRows.of(n, new int[] {0, n}, columns);
    BipartiteGraph graph = new BipartiteGraph(byUser, byUser.transpose(), new int[] {n}, degrees);
    Parameters parameters = Parameters.zero(encoder, 1, n, DIM);
    System.arraycopy(user.embedding, 0, parameters.base().users(), 0, DIM);
    Arrays.fill(parameters.thresholds(), user.threshold);
    return encoder
        .on(graph, new Outside(1, 0, List.of(stored)), DIM, Kernels.cpu())
        .forward(parameters)
        .users();
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int c = 0; c < DIM; c++) {
      sum += a[c] * b[c];
    }
    return sum;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Prequential quality of one recommender over a run of tested events (test, then learn). Everything
 * is a count or a sum, so that windows add up to the stream.
 *
 * @param model {@code freshet} or the name of a baseline
 * @param window number of the window, from 0
 * @param fromTime event time of the first tested event, milliseconds
 * @param toTime event time of the last tested event, milliseconds
 * @param warm tests where user and item had both been seen before
 * @param all every test
 * @param last whether the stream ended with this window
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record QualityWindow(
    String model, long window, long fromTime, long toTime, Sums warm, Sums all, boolean last) {

  /**
   * Sums over tests.
   *
   * @param tests number of tests
   * @param hits10 tests with the item among the first 10
   * @param hits20 tests with the item among the first 20
   * @param ndcg20 sum of 1 / log2(rank + 1) over those among the first 20
   */
  public record Sums(long tests, long hits10, long hits20, double ndcg20) {

    /** No test yet. */
    public static final Sums NONE = new Sums(0, 0, 0, 0);

    /** These sums with one more test; see {@link TestOutcome#rank()}. */
    public Sums plus(int rank) {
      boolean ranked = rank >= 1;
      return new Sums(
          tests + 1,
          hits10 + (ranked && rank <= 10 ? 1 : 0),
          hits20 + (ranked && rank <= 20 ? 1 : 0),
          ndcg20 + (ranked && rank <= 20 ? Math.log(2) / Math.log(rank + 1.0) : 0));
    }
  }

  /** The window of this number, before its first test. */
  public static QualityWindow empty(String model, long number) {
    return new QualityWindow(model, number, 0, 0, Sums.NONE, Sums.NONE, false);
  }

  /** This window with one more test. */
  public QualityWindow plus(TestOutcome outcome) {
    return new QualityWindow(
        model,
        window,
        all.tests() == 0 ? outcome.time() : fromTime,
        outcome.time(),
        outcome.warm() ? warm.plus(outcome.rank()) : warm,
        all.plus(outcome.rank()),
        last);
  }

  /** This window as the stream's last. */
  public QualityWindow asLast() {
    return new QualityWindow(model, window, fromTime, toTime, warm, all, true);
  }

  /** The window's key on the quality topic. */
  public String key() {
    return model + "/" + window;
  }
}

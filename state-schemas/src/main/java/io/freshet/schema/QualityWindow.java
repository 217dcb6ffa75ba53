// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

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
  public record Sums(long tests, long hits10, long hits20, double ndcg20) {}

  /** The window's key on the quality topic. */
  public String key() {
    return model + "/" + window;
  }
}

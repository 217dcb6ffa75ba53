// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Means over the users that have at least one tested row, T rows of a user's with repeats; zero
 * throughout when there is none.
 *
 * @param k length of the lists
 * @param users how many users were tested
 * @param precision hits / k
 * @param recall hits / min(T, k): what the code of TopKGAT and Rankformer reports
 * @param recallFull hits / T: what the text of these papers and LightGCN's code say
 * @param ndcg sum over hits of 1 / log2(rank + 1), over that of a list that hits at the first
 *     min(T, k) ranks
 */
public record SplitMetrics(
    int k, int users, double precision, double recall, double recallFull, double ndcg) {

  /** By the names of {@code --json}. */
  @JsonValue
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ndcg@" + k, ndcg);
    figures.put("recall@" + k, recall);
    figures.put("recall@" + k + "_full", recallFull);
    figures.put("precision@" + k, precision);
    figures.put("users", users);
    return figures;
  }
}

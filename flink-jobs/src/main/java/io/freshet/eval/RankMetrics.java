// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Mean ranking metrics over {@code n} tested events, each with one relevant item. Zero throughout
 * when {@code n} is 0.
 *
 * @param recall20 share of events whose item ranked in the top 20 (equal to the hit rate)
 * @param ndcg20 mean of 1 / log2(rank + 1) over events in the top 20, 0 for the others
 * @param hr10 share of events whose item ranked in the top 10
 * @param n number of tested events
 */
public record RankMetrics(
    @JsonProperty("recall@20") double recall20,
    @JsonProperty("ndcg@20") double ndcg20,
    @JsonProperty("hr@10") double hr10,
    @JsonProperty("n") long n) {}

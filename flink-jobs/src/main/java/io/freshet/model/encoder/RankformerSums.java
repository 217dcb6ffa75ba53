// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

/**
 * What a {@link RankformerLayer} has to know of the whole graph: sums over all its nodes, and what
 * each user's comparisons were. A part of a graph takes them as constants from the latest pass over
 * the whole; a few nodes' shares in a sum over all are too small to be worth a gradient.
 *
 * @param items m, how many items the whole graph has
 * @param sums over all nodes
 * @param margin c_u by user; in a part of a graph only those of outside users are read
 * @param negativeBenchmark b-_u by user, likewise
 */
public record RankformerSums(int items, PairSums sums, float[] margin, float[] negativeBenchmark) {}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

/**
 * What a {@link RankformerLayer} has to know of the whole graph: sums over all its nodes, and what
 * each user's comparisons were. A part of a graph takes them as constants from the latest pass over
 * the whole; a few nodes' shares in a sum over all are too small to be worth a gradient.
 *
 * @param items m, how many items the whole graph has
 * @param sumV sum of normalised item rows
 * @param sumY sum of item rows
 * @param m {@code sum_i v_i y_i^T}, [d,d]
 * @param h {@code sum_u z_u / D-_u}
 * @param k {@code sum_u c_u x_u / D-_u}
 * @param bigK {@code sum_u z_u x_u^T / D-_u}, [d,d]
 * @param shift {@code sum_u c_u / D-_u}
 * @param margin c_u by user; in a part of a graph only those of outside users are read
 * @param negativeBenchmark b-_u by user, likewise
 */
public record RankformerSums(
    int items,
    float[] sumV,
    float[] sumY,
    float[] m,
    float[] h,
    float[] k,
    float[] bigK,
    double shift,
    float[] margin,
    float[] negativeBenchmark) {}

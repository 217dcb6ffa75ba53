// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

/**
 * What one user's list costs.
 *
 * @param items of the catalogue
 * @param degree items that each user has taken
 * @param atOnce users whose lists are made together
 * @param time of all their lists
 * @param micros processor time of one list
 * @param scores the embedding's scores of all items: the median by the clock on the wall, in
 *     microseconds a list, as are the following
 * @param gather candidates of all channels
 * @param features of the candidates
 * @param network that ranks them
 * @param pick the best of them
 * @param floorMicros reading the items' rows once for the users served at once, at the speed of
 *     copying them
 * @param ratio {@code micros} over the floor
 */
public record ListRow(
    int items,
    int degree,
    int atOnce,
    Timing time,
    double micros,
    double scores,
    double gather,
    double features,
    double network,
    double pick,
    double floorMicros,
    double ratio) {}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/**
 * A user's best items, best first.
 *
 * @param items indices in the item table
 * @param scores one per item, comparable within the list only
 * @param cold whether the user has too few edges and got what is popular
 */
public record RankedList(int[] items, float[] scores, boolean cold) {}

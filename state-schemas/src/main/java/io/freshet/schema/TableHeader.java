// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

/**
 * The first line of a table file: what was trained, and how much follows.
 *
 * @param encoder what made the final rows of the base rows, by its name on the command line
 * @param dim values per row
 * @param layers layers of the encoder
 * @param items item lines in the file
 * @param users user lines in the file
 * @param time event time up to which the tables know the world, milliseconds
 */
public record TableHeader(String encoder, int dim, int layers, int items, int users, long time) {}

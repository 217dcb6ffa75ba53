// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

/**
 * One kernel on one graph.
 *
 * @param unit what {@code nanosPerUnit} counts: an edge or a row
 * @param rate gigabytes per second of all that it reads and writes, gathered rows included, or
 *     gigaflops of a dense product
 * @param floorMillis the least time by {@link Floor}
 * @param ratio processor time over the floor
 * @param dense whether {@code rate} is in gigaflops
 */
public record KernelRow(
    String kernel,
    int edges,
    int dim,
    int threads,
    Timing time,
    String unit,
    double nanosPerUnit,
    double rate,
    double floorMillis,
    double ratio,
    boolean dense) {}

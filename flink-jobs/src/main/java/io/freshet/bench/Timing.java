// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

/**
 * How long one execution took.
 *
 * @param bestMillis the shortest by the clock on the wall
 * @param medianMillis the median of the same
 * @param cpuMillis the shortest in processor time of all Java threads together, which does not wait
 *     for other processes
 */
public record Timing(double bestMillis, double medianMillis, double cpuMillis) {}

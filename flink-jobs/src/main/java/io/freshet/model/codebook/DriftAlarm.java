// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

/**
 * A change that a detector found and that has not passed yet.
 *
 * @param metric what changed: {@code error}, {@code perplexity}, {@code effective_rank} or {@code
 *     recall}
 * @param level from 1; 0 for what belongs to no level
 * @param detector {@code page-hinkley} or {@code adwin}
 * @param value what the detector found, which is above the threshold
 * @param since event time in ms
 */
public record DriftAlarm(
    String metric, int level, String detector, double value, double threshold, long since) {}

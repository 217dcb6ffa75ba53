// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

/**
 * A change that a detector found in what a codebook's re-fits report, and that still stands.
 *
 * @param metric what changed: {@code error}, {@code perplexity}, {@code effective_rank} or {@code
 *     recall}
 * @param level the level, from 1; 0 for the whole path and for {@code recall}
 * @param detector how it was found: {@code page-hinkley} or {@code adwin}
 * @param value what the detector compared with its threshold
 * @param threshold above which it gives the alarm
 * @param since event time when the alarm was given, milliseconds
 */
public record CodebookAlarm(
    String metric, int level, String detector, double value, double threshold, long since) {}

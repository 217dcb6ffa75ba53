// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.drift;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One alarm from the event at which it was raised to the one at which it was gone.
 *
 * @param metric what changed
 * @param level from 1; 0 for what belongs to no level
 * @param detector how it was found
 * @param value the largest that the detector reached
 * @param threshold above which it raises the alarm
 * @param raisedAt number of the event, from 0
 * @param clearedAt number of the event by which a re-fit told of it no more; null where it stood at
 *     the end
 */
public record AlarmSpan(
    String metric,
    int level,
    String detector,
    double value,
    double threshold,
    @JsonProperty("raised_at") long raisedAt,
    @JsonProperty("cleared_at") Long clearedAt) {}

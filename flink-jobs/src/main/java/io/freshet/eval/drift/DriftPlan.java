// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.drift;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Which drift is planted, and by what it is judged.
 *
 * @param kind of drift
 * @param events in the stream
 * @param driftAt number of the event, from 0, with which the drift comes; as many as there are
 *     events where none comes
 * @param span events of a span, by which recall is told
 * @param recoveredWithin share of the recall before the drift that a span may lack and be back
 */
public record DriftPlan(
    String kind,
    long events,
    @JsonProperty("drift_at") long driftAt,
    long span,
    @JsonProperty("recovered_within") double recoveredWithin) {

  /** Whether any drift comes. */
  boolean hasDrift() {
    return driftAt < events;
  }
}

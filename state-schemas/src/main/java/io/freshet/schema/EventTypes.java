// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each event type says about taste: a weight. Above 0 it is a positive, below 0 it takes an
 * earlier positive back, 0 is no edge (an impression). The type {@value #RATING} weighs its
 * configured weight when its value is high enough, else 0.
 */
public final class EventTypes implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The one type whose value decides whether it is a positive. */
  public static final String RATING = "rating";

  private final LinkedHashMap<String, Float> weights;
  private final float minPositiveRating;

  /**
   * @param weights weight of each accepted type
   * @param minPositiveRating the lowest value of a {@value #RATING} that is a positive
   */
  public EventTypes(Map<String, Float> weights, float minPositiveRating) {
    this.weights = new LinkedHashMap<>(weights);
    this.minPositiveRating = minPositiveRating;
  }

  /** Whether events of this type are accepted. */
  public boolean knows(String eventType) {
    return weights.containsKey(eventType);
  }

  /** The accepted types, for messages. */
  public String names() {
    return String.join(", ", weights.keySet());
  }

  /** The event's weight; see the class comment. The type must be a known one. */
  public float weight(Interaction event) {
    float weight = weights.get(event.eventType());
    return isRating(event) && !(event.value() >= minPositiveRating) ? 0 : weight;
  }

  /**
   * Whether the event, though no positive, shows that the user knows the item: a rating too low.
   * Such an item leaves the user's lists; one that was merely shown does not.
   */
  public boolean isKnownToUser(Interaction event) {
    return isRating(event);
  }

  private static boolean isRating(Interaction event) {
    return event.eventType().equals(RATING);
  }
}

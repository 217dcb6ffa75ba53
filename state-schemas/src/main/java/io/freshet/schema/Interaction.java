// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One thing that a user did with an item.
 *
 * @param eventId names the event; a second event with the same id is a repeat and has no effect
 * @param userId the user
 * @param itemId the item
 * @param eventType one of the configured types, see {@link EventTypes}
 * @param timestamp event time, milliseconds since 1970
 * @param value what the type says of it (a rating, a watch time); NaN when absent
 * @param requestId joins an impression with what followed it; null when absent
 * @param context flat string map, empty when absent
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record Interaction(
    String eventId,
    String userId,
    String itemId,
    String eventType,
    long timestamp,
    float value,
    String requestId,
    Map<String, String> context) {

  /** The longest id of any kind, in characters; a longer one is a fault, not a key to keep. */
  public static final int MAX_ID_LENGTH = 256;

  /** An interaction with neither value, request id nor context. */
  public static Interaction of(
      String eventId, String userId, String itemId, String eventType, long timestamp) {
    return new Interaction(
        eventId, userId, itemId, eventType, timestamp, Float.NaN, null, Map.of());
  }
}

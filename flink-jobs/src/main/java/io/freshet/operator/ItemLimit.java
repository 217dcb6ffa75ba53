// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.schema.DeadLetter;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import io.freshet.schema.RecordError;
import java.nio.charset.StandardCharsets;

/** The dead letter of an event whose item no longer fits; by then its first bytes are gone. */
final class ItemLimit {
  private static final String STAGE = "learn";

  private ItemLimit() {}

  static DeadLetter deadLetter(Interaction event, LearnerSettings settings) {
    return new DeadLetter(
        event.userId().getBytes(StandardCharsets.UTF_8),
        InteractionJson.write(event),
        RecordError.ITEM_LIMIT,
        "item_id \""
            + event.itemId()
            + "\" is new and the job holds "
            + settings.model().itemCapacity()
            + " items, the most that items.max allows",
        STAGE,
        "",
        -1,
        -1);
  }
}

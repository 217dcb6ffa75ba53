// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a record from the interactions or the control topic turned out to be; exactly one is set.
 *
 * @param interaction a good interaction, else null
 * @param control a good order, else null
 * @param deadLetter what could not be used, else null
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record Decoded(Interaction interaction, ControlEvent control, DeadLetter deadLetter) {

  /** A good interaction. */
  public static Decoded of(Interaction interaction) {
    return new Decoded(interaction, null, null);
  }

  /** A good order. */
  public static Decoded of(ControlEvent control) {
    return new Decoded(null, control, null);
  }

  /** A record that could not be used. */
  public static Decoded of(DeadLetter deadLetter) {
    return new Decoded(null, null, deadLetter);
  }

  /** The user whose state the record concerns; none for a dead letter or an order about an item. */
  public String userId() {
    return interaction != null ? interaction.userId() : control.id();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.EnumSet;
import java.util.Set;

/** What may bring an item into a user's ranking. */
public enum Channel {
  /** The user's embedding against all items. */
  EMBEDDING,
  /** What is taken most of late, at each half-life. */
  TRENDING,
  /** What users met together with what the user met last. */
  WITH,
  /** What users took after what the user met last. */
  FOLLOWS,
  /** What users took right after the very last that the user met. */
  NEXT,
  /** What is trending among the users who share the user's code prefix, at each level. */
  PREFIX;

  /** Those that earn their place on every public stream they were measured on. */
  public static Set<Channel> defaults() {
    return EnumSet.of(EMBEDDING, TRENDING, WITH, FOLLOWS, NEXT);
  }
}

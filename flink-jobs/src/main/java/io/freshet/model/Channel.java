// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

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
  NEXT
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

/**
 * Why a record ended in the dead letters. The names stand in the headers of the dead-letter topic
 * and in states: add new ones, and never rename or remove one.
 */
public enum RecordError {
  /** No bytes at all. */
  EMPTY,
  /** Larger than the configured bound. */
  TOO_LARGE,
  /** Not JSON, truncated, not UTF-8, or followed by something else. */
  MALFORMED,
  /** A field that must be there is not, or is null or empty. */
  MISSING_FIELD,
  /** A field of another JSON type than its schema says. */
  WRONG_TYPE,
  /** A field of the right type with a value that cannot be. */
  OUT_OF_RANGE,
  /** An event type that the configuration gives no weight. */
  UNKNOWN_EVENT_TYPE,
  /** The job holds as many items as its configuration allows. */
  ITEM_LIMIT
}

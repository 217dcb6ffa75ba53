// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A record that could not be used, with its bytes as they came. The reason names file and line of
 * one that came from a file.
 *
 * @param key the record's key as received; null when it had none
 * @param value the record's value as received; null when it had none
 * @param error the kind of fault
 * @param reason what is wrong and with which field, for a person
 * @param stage the step that refused it
 * @param topic where it came from; empty when it was refused after decoding or came from a file
 * @param partition where it came from; -1 likewise
 * @param offset where it came from; -1 likewise
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record DeadLetter(
    byte[] key,
    byte[] value,
    RecordError error,
    String reason,
    String stage,
    String topic,
    int partition,
    long offset) {

  /** Header names of the dead-letter topic. */
  public static final String HEADER_ERROR = "freshet-error";

  public static final String HEADER_REASON = "freshet-reason";
  public static final String HEADER_STAGE = "freshet-stage";
  public static final String HEADER_TOPIC = "freshet-origin-topic";
  public static final String HEADER_PARTITION = "freshet-origin-partition";
  public static final String HEADER_OFFSET = "freshet-origin-offset";

  /** Whether topic, partition and offset say where it came from. */
  public boolean hasOrigin() {
    return offset >= 0;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a record of the model topic turned out to be; exactly one is set.
 *
 * @param item an item's row or its companions, else null
 * @param books codebooks, else null
 * @param scorer the ranking network's weights, else null
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record ModelRecord(ItemRow item, CodebookRow books, ScorerRow scorer) {

  /** An item's row, or its companions. */
  public static ModelRecord of(ItemRow item) {
    return new ModelRecord(item, null, null);
  }

  /** Codebooks. */
  public static ModelRecord of(CodebookRow books) {
    return new ModelRecord(null, books, null);
  }

  /** The ranking network's weights. */
  public static ModelRecord of(ScorerRow scorer) {
    return new ModelRecord(null, null, scorer);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The items that users had met before they took one item, or what one mini-step adds to that.
 * Position by position an item and how often.
 *
 * <p>The owner's state is a list of them, in which an item's latest entry holds: all, and then what
 * changed.
 *
 * @param items ids, each at most once
 * @param wide how often the item was among the last that the user had met
 * @param near how often it was among the very last few
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record RowCompanions(String[] items, float[] wide, float[] near) {

  /** Nothing was met before. */
  public static final RowCompanions NONE =
      new RowCompanions(new String[0], new float[0], new float[0]);

  /** Checks that there is one value of each kind for every item. */
  public RowCompanions {
    if (wide.length != items.length || near.length != items.length) {
      throw new IllegalArgumentException(
          items.length + " companions with " + wide.length + " and " + near.length + " counts");
    }
  }
}

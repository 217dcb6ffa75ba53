// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/** A row of small random values from the item's id and the seed, and a zero row for users. */
record HashedRows(ModelOptions options) implements InitialRows {

  @Override
  public OwnedItem item(String id) {
    float[] row = new float[options.width()];
    new SplitMix(SplitMix.mix(options.seed(), SplitMix.hash(id)))
        .fillGaussian(row, 0, options.dim(), options.initScale());
    // The last value is the item's bias: nothing is known of it yet.
    row[options.dim()] = 0;
    return OwnedItem.unseen(row, options);
  }

  @Override
  public UserProfile user(String id, ItemTable items) {
    return new UserProfile(id, options);
  }

  @Override
  public boolean knowsUser(String id) {
    return false;
  }

  @Override
  public boolean knowsItem(String id) {
    return false;
  }

  @Override
  public int itemCount() {
    return 0;
  }

  @Override
  public String itemId(int i) {
    throw new IndexOutOfBoundsException(i);
  }
}

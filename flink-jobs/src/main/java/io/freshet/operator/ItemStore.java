// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.CompanionRow;
import io.freshet.model.EntryChanges;
import io.freshet.model.IdIndex;
import io.freshet.model.ModelOptions;
import io.freshet.model.OwnedItem;
import io.freshet.schema.ItemRow;
import io.freshet.schema.RowCompanions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;

/**
 * Items in their owner's keyed state: companions by item id there, by a number of this owner's
 * alone in memory.
 *
 * <p>Before every checkpoint each item is written that an event touched, and of an item's hundreds
 * of companions an event touches a few dozen: only those are added to the state, and now and then
 * all are written in place of what is there.
 */
final class ItemStore implements WriteBackCache.Store<OwnedRow> {

  /** The state that has a value for every item. */
  static final String STATE = "item-row";

  private final ValueState<ItemRow> state;
  private final ListState<RowCompanions> companions;
  private final KeyedStateBackend<Object> keys;
  private final ModelOptions model;
  private final long epoch;
  private IdIndex ids = new IdIndex();

  /**
   * @param epoch of the rows that are written
   */
  ItemStore(
      RuntimeContext context, KeyedStateBackend<Object> keys, ModelOptions model, long epoch) {
    this.state = context.getState(new ValueStateDescriptor<>(STATE, ItemRow.class));
    this.companions =
        context.getListState(new ListStateDescriptor<>("item-companions", RowCompanions.class));
    this.keys = keys;
    this.model = model;
    this.epoch = epoch;
  }

  /** Companions by number. */
  CompanionRow companions(RowCompanions companions) {
    return ItemRecords.companions(companions, model.companions(), ids::indexOrAdd);
  }

  /** An item's companions by item id. */
  RowCompanions companions(OwnedItem item) {
    return ItemRecords.companions(item.companions(), ids::id);
  }

  /** Numbers given so far. */
  int numbers() {
    return ids.size();
  }

  /** Starts the numbers anew; no value that was loaded may be used from here on. */
  void forgetNumbers() {
    ids = new IdIndex();
  }

  @Override
  public OwnedRow load(String itemId) throws Exception {
    keys.setCurrentKey(itemId);
    ItemRow row = state.value();
    if (row == null) {
      return null;
    }
    List<RowCompanions> writes = new ArrayList<>();
    companions.get().forEach(writes::add);
    // Rows of older versions hold their companions themselves.
    boolean older = writes.isEmpty() && row.companions().items().length > 0;
    OwnedItem item =
        ItemRecords.owned(row, latest(older ? List.of(row.companions()) : writes), model);
    if (!older) {
      item.companionChanges().stored(writes.stream().mapToInt(w -> w.items().length).sum());
    }
    return new OwnedRow(item, row.version(), row.contains());
  }

  private CompanionRow latest(List<RowCompanions> writes) {
    CompanionRow latest = new CompanionRow(model.companions());
    for (RowCompanions write : writes) {
      for (int i = 0; i < write.items().length; i++) {
        latest.set(ids.indexOrAdd(write.items()[i]), write.wide()[i], write.near()[i]);
      }
    }
    return latest;
  }

  @Override
  public void save(String itemId, OwnedRow owned) throws Exception {
    keys.setCurrentKey(itemId);
    state.update(owned.record(itemId, epoch, RowCompanions.NONE));
    saveCompanions(owned.item);
  }

  private void saveCompanions(OwnedItem item) throws Exception {
    EntryChanges changes = item.companionChanges();
    CompanionRow row = item.companions();
    if (changes.areAll()) {
      companions.update(List.of(companions(item)));
      changes.stored(row.size());
      return;
    }
    int[] entries = Arrays.stream(changes.items()).map(row::find).toArray();
    if (entries.length > 0) {
      companions.add(ItemRecords.companions(row, entries, ids::id));
      changes.stored(changes.storedEntries() + entries.length);
    }
  }

  @Override
  public void delete(String itemId) throws Exception {
    keys.setCurrentKey(itemId);
    state.clear();
    companions.clear();
  }
}

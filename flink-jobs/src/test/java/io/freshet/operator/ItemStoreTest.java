// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.InitialRows;
import io.freshet.model.ItemChange;
import io.freshet.model.ModelOptions;
import io.freshet.schema.ItemRow;
import io.freshet.schema.RowCompanions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ItemStoreTest {
  private static final int CAPACITY = 20;
  private static final ModelOptions MODEL =
      ModelOptions.builder().dim(2).companions(CAPACITY).build();

  private KeyedStates states;
  private ItemStore store;

  @BeforeEach
  void open() throws Exception {
    open(new EmbeddedRocksDBStateBackend());
  }

  private void open(StateBackend backend) throws Exception {
    states = new KeyedStates(backend);
    store = new ItemStore(states.context(), states.keys(), MODEL, 7);
  }

  @AfterEach
  void close() throws Exception {
    states.close();
  }

  private static OwnedRow unseen() {
    return new OwnedRow(InitialRows.hashed(MODEL).item("a"));
  }

  private void gain(OwnedRow row, String... companions) {
    float[] ones = new float[companions.length];
    Arrays.fill(ones, 1);
    row.item.apply(
        new ItemChange(
            -1, 1, null, null, store.companions(new RowCompanions(companions, ones, ones))),
        MODEL);
  }

  @Test
  void companionsThatWereWrittenInPiecesAreReadAsTheyAre() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    OwnedRow row = unseen();
    for (int round = 0; round < 1000; round++) {
      for (int gained = random.nextInt(6); gained > 0; gained--) {
        gain(row, "i" + random.nextInt(random.nextInt(1, 3 * CAPACITY)));
      }
      store.save("a", row);

      OwnedRow read = store.load("a");
      // In the same order too: of equals, the row drops the younger.
      assertThat(entries(read)).as("after round %d", round).isEqualTo(entries(row));
      assertThat(read.item.companionChanges().storedEntries())
          .isEqualTo(row.item.companionChanges().storedEntries())
          .isEqualTo(writes("a").stream().mapToInt(write -> write.items().length).sum())
          .isLessThanOrEqualTo(2 * CAPACITY + 32);
      if (random.nextInt(10) == 0) {
        row = read; // as one that left the memory and came back
      }
    }
  }

  @Test
  void onlyWhatChangedIsWritten() throws Exception {
    OwnedRow row = unseen();
    gain(row, "b", "c", "d");
    store.save("a", row);
    gain(row, "c");
    gain(row, "e");
    gain(row, "c");
    store.save("a", row);
    row.item.setHidden(true);
    store.save("a", row);

    assertThat(writes("a"))
        .extracting(write -> String.join(" ", write.items()))
        .containsExactly("b c d", "c e");
    assertThat(writes("a").get(1).wide()).containsExactly(3, 1);
    assertThat(store.load("a").item.hidden()).isTrue();
  }

  @Test
  void anItemThatIsDeletedLeavesNothing() throws Exception {
    OwnedRow row = unseen();
    gain(row, "b");
    store.save("a", row);

    store.delete("a");

    assertThat(store.load("a")).isNull();
    assertThat(writes("a")).isEmpty();
  }

  @Test
  void companionsOfAnOlderFormatAreTakenOver() throws Exception {
    states.close();
    open(new HashMapStateBackend()); // which holds the value itself
    OwnedRow row = unseen();
    gain(row, "b", "c");
    ItemRow older = row.record("a", 3, store.companions(row.item));
    states.keys().setCurrentKey("a");
    states
        .context()
        .getState(new ValueStateDescriptor<>(ItemStore.STATE, ItemRow.class))
        .update(older);

    OwnedRow read = store.load("a");
    assertThat(entries(read)).isEqualTo(entries(row)).hasSize(2);

    gain(read, "d");
    store.save("a", read);
    assertThat(entries(store.load("a"))).hasSize(3).isEqualTo(entries(read));
    assertThat(writes("a")).hasSize(1);
  }

  @Test
  void numbersThatStartAnewNameTheSameItems() throws Exception {
    OwnedRow row = unseen();
    gain(row, "b", "c");
    store.save("a", row);
    List<String> before = entries(row);

    store.forgetNumbers();

    assertThat(store.numbers()).isZero();
    assertThat(entries(store.load("a"))).isEqualTo(before);
  }

  private List<RowCompanions> writes(String itemId) throws Exception {
    states.keys().setCurrentKey(itemId);
    List<RowCompanions> writes = new ArrayList<>();
    Iterable<RowCompanions> stored =
        states
            .context()
            .getListState(new ListStateDescriptor<>("item-companions", RowCompanions.class))
            .get();
    stored.forEach(writes::add);
    return writes;
  }

  private List<String> entries(OwnedRow row) {
    RowCompanions companions = store.companions(row.item);
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < companions.items().length; i++) {
      entries.add(companions.items()[i] + " " + companions.wide()[i] + " " + companions.near()[i]);
    }
    return entries;
  }
}

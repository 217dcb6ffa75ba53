// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schema.ItemRow;
import io.freshet.schema.ModelRecord;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ModelPacksTest {

  private static OneInputStreamOperatorTestHarness<ModelRecord, ModelRecord[]> open()
      throws Exception {
    OneInputStreamOperatorTestHarness<ModelRecord, ModelRecord[]> packs =
        new OneInputStreamOperatorTestHarness<>(new ModelPacks());
    packs.setup(ModelPacks.TYPE.createSerializer(new SerializerConfigImpl()));
    packs.open();
    return packs;
  }

  private static void send(
      OneInputStreamOperatorTestHarness<ModelRecord, ModelRecord[]> packs, int from, int to)
      throws Exception {
    for (int i = from; i < to; i++) {
      packs.processElement(new StreamRecord<>(record(i)));
    }
  }

  private static ModelRecord record(int item) {
    return ModelRecord.of(ItemRow.tombstone("i" + item, 1));
  }

  private static List<List<String>> packed(
      OneInputStreamOperatorTestHarness<ModelRecord, ModelRecord[]> packs) {
    return packs.extractOutputValues().stream()
        .map(pack -> Arrays.stream(pack).map(record -> record.item().itemId()).toList())
        .toList();
  }

  @Test
  void aFullPackLeavesAtOnceAndOthersInTimeInTheOrderInWhichTheyCame() throws Exception {
    try (var packs = open()) {
      packs.setProcessingTime(1000);
      send(packs, 0, 20);
      assertThat(packed(packs)).hasSize(1);
      packs.setProcessingTime(1004);
      assertThat(packed(packs)).hasSize(1);

      packs.setProcessingTime(1005);

      assertThat(packed(packs)).extracting(List::size).containsExactly(16, 4);
      assertThat(packed(packs).get(1)).containsExactly("i16", "i17", "i18", "i19");

      send(packs, 20, 21);
      packs.setProcessingTime(1010);
      assertThat(packed(packs).get(2)).containsExactly("i20");
    }
  }

  @Test
  void nothingStaysBehindABarrierOrTheEnd() throws Exception {
    try (var packs = open()) {
      send(packs, 0, 3);
      packs.prepareSnapshotPreBarrier(1);
      assertThat(packed(packs)).extracting(List::size).containsExactly(3);
      packs.prepareSnapshotPreBarrier(2);
      assertThat(packed(packs)).hasSize(1);

      send(packs, 3, 5);
      packs.endInput();
      assertThat(packed(packs)).extracting(List::size).containsExactly(3, 2);
    }
  }

  @Test
  void aPackCrossesAnExchange() throws Exception {
    var serializer = ModelPacks.TYPE.createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(new ModelRecord[] {record(1), record(2)}, out);

    ModelRecord[] read = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

    assertThat(read).extracting(record -> record.item().itemId()).containsExactly("i1", "i2");
  }
}

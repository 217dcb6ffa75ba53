// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link ItemDelta}. */
public final class ItemDeltaSerializer extends VersionedSerializer<ItemDelta> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;
  private static final ItemDelta.Visibility[] VISIBILITIES = ItemDelta.Visibility.values();

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(ItemDelta value, DataOutputView out) throws IOException {
    Fields.writeString(value.itemId(), out);
    out.writeInt(value.learner());
    out.writeLong(value.sequence());
    Fields.writeFloats(value.gradient(), out);
    Fields.writeCounts(value.counts(), out);
    Fields.writeCompanions(value.companions(), out);
    Fields.writeEnum(value.visibility(), out);
  }

  @Override
  ItemDelta read(int version, DataInputView in) throws IOException {
    return new ItemDelta(
        Fields.readString(in),
        in.readInt(),
        in.readLong(),
        Fields.readFloats(in),
        Fields.readCounts(in),
        Fields.readCompanions(in),
        Fields.readEnum(VISIBILITIES, in));
  }

  @Override
  public TypeSerializerSnapshot<ItemDelta> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ItemDelta> {
    /** For Flink. */
    public Snapshot() {
      super(ItemDeltaSerializer::new);
    }
  }
}

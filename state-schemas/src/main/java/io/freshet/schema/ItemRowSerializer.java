// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link ItemRow}. */
public final class ItemRowSerializer extends VersionedSerializer<ItemRow> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(ItemRow value, DataOutputView out) throws IOException {
    Fields.writeString(value.itemId(), out);
    out.writeLong(value.epoch());
    out.writeLong(value.version());
    Fields.writeFloats(value.embedding(), out);
    out.writeFloat(value.accumulator());
    Fields.writeCounts(value.counts(), out);
    Fields.writeCompanions(value.companions(), out);
    out.writeBoolean(value.hidden());
    Fields.writeLongs(value.contains(), out);
  }

  @Override
  ItemRow read(int version, DataInputView in) throws IOException {
    return new ItemRow(
        Fields.readString(in),
        in.readLong(),
        in.readLong(),
        Fields.readFloats(in),
        in.readFloat(),
        Fields.readCounts(in),
        Fields.readCompanions(in),
        in.readBoolean(),
        Fields.readLongs(in));
  }

  @Override
  public TypeSerializerSnapshot<ItemRow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ItemRow> {
    /** For Flink. */
    public Snapshot() {
      super(ItemRowSerializer::new);
    }
  }
}

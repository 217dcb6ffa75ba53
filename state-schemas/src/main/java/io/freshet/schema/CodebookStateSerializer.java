// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link CodebookState}. */
public final class CodebookStateSerializer extends VersionedSerializer<CodebookState> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;
  private static final CodeDeltaSerializer DELTAS = new CodeDeltaSerializer();

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(CodebookState value, DataOutputView out) throws IOException {
    out.writeLong(value.epoch());
    out.writeLong(value.version());
    out.writeInt(value.levels());
    out.writeInt(value.codes());
    out.writeInt(value.dim());
    Fields.writeFloats(value.centroids(), out);
    Fields.writeDoubles(value.counts(), out);
    Fields.writeDoubles(value.sums(), out);
    out.writeLong(value.lastRefit());
    out.writeLong(value.eventTime());
    out.writeLong(value.refits());
    out.writeLong(value.heldBack());
    out.writeLong(value.rollBacks());
    out.writeLong(value.stale());
    out.writeInt(value.kept().size());
    for (CodebookState.Kept kept : value.kept()) {
      out.writeLong(kept.version());
      Fields.writeFloats(kept.centroids(), out);
      Fields.writeDoubles(kept.counts(), out);
    }
    DELTAS.serialize(value.pending(), out);
    Fields.writeDoubles(value.alarms(), out);
  }

  @Override
  CodebookState read(int version, DataInputView in) throws IOException {
    return new CodebookState(
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        Fields.readFloats(in),
        Fields.readDoubles(in),
        Fields.readDoubles(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        readKept(in),
        DELTAS.deserialize(in),
        Fields.readDoubles(in));
  }

  private static List<CodebookState.Kept> readKept(DataInputView in) throws IOException {
    CodebookState.Kept[] kept = new CodebookState.Kept[Fields.length(in)];
    for (int i = 0; i < kept.length; i++) {
      kept[i] =
          new CodebookState.Kept(in.readLong(), Fields.readFloats(in), Fields.readDoubles(in));
    }
    return List.of(kept);
  }

  @Override
  public TypeSerializerSnapshot<CodebookState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CodebookState> {
    /** For Flink. */
    public Snapshot() {
      super(CodebookStateSerializer::new);
    }
  }
}

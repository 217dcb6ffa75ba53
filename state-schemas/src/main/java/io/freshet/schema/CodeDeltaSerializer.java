// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link CodeDelta}. */
public final class CodeDeltaSerializer extends VersionedSerializer<CodeDelta> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(CodeDelta value, DataOutputView out) throws IOException {
    Fields.writeString(value.books(), out);
    out.writeLong(value.epoch());
    out.writeLong(value.version());
    out.writeInt(value.levels());
    out.writeInt(value.codes());
    out.writeInt(value.dim());
    out.writeLong(value.eventTime());
    out.writeLong(value.users());
    out.writeDouble(value.squares());
    out.writeLong(value.compared());
    out.writeLong(value.changedPaths());
    Fields.writeLongs(value.counts(), out);
    Fields.writeFloats(value.weights(), out);
    Fields.writeFloats(value.sums(), out);
    Fields.writeDoubles(value.residualSquares(), out);
    Fields.writeLongs(value.changed(), out);
    Fields.writeFloats(value.moments(), out);
    Fields.writeInts(value.paths(), out);
    out.writeInt(value.samples());
    Fields.writeFloats(value.sampleVectors(), out);
    Fields.writeFloats(value.sampleKeys(), out);
  }

  @Override
  CodeDelta read(int version, DataInputView in) throws IOException {
    return new CodeDelta(
        Fields.readString(in),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        in.readLong(),
        in.readLong(),
        Fields.readLongs(in),
        Fields.readFloats(in),
        Fields.readFloats(in),
        Fields.readDoubles(in),
        Fields.readLongs(in),
        Fields.readFloats(in),
        Fields.readInts(in),
        in.readInt(),
        Fields.readFloats(in),
        Fields.readFloats(in));
  }

  @Override
  public TypeSerializerSnapshot<CodeDelta> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CodeDelta> {
    /** For Flink. */
    public Snapshot() {
      super(CodeDeltaSerializer::new);
    }
  }
}

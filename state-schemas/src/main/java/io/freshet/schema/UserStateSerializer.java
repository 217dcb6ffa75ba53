// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link UserState}. */
public final class UserStateSerializer extends VersionedSerializer<UserState> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;

  /** Adds the codes. */
  private static final int VERSION_2 = 2;

  /** Leaves the edges out. */
  private static final int VERSION_3 = 3;

  private static final int[] NO_CODES = {};

  @Override
  int version() {
    return VERSION_3;
  }

  @Override
  void write(UserState value, DataOutputView out) throws IOException {
    Fields.writeFloats(value.embedding(), out);
    out.writeFloat(value.accumulator());
    out.writeFloat(value.threshold());
    out.writeFloat(value.thresholdAccumulator());
    out.writeLong(value.degree());
    out.writeLong(value.lastSeen());
    Fields.writeStrings(value.list(), out);
    out.writeLong(value.listTime());
    Fields.writeInts(value.codes(), out);
    out.writeLong(value.codesEpoch());
    out.writeLong(value.codesVersion());
    out.writeLong(value.codesTime());
  }

  @Override
  UserState read(int version, DataInputView in) throws IOException {
    return new UserState(
        Fields.readFloats(in),
        in.readFloat(),
        in.readFloat(),
        in.readFloat(),
        in.readLong(),
        version < VERSION_3 ? Fields.readEdges(in) : UserEdges.NONE,
        in.readLong(),
        Fields.readStrings(in),
        in.readLong(),
        version == VERSION_1 ? NO_CODES : Fields.readInts(in),
        version == VERSION_1 ? 0 : in.readLong(),
        version == VERSION_1 ? 0 : in.readLong(),
        version == VERSION_1 ? 0 : in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<UserState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserState> {
    /** For Flink. */
    public Snapshot() {
      super(UserStateSerializer::new);
    }
  }
}

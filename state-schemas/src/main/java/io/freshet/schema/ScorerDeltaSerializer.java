// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link ScorerDelta}. */
public final class ScorerDeltaSerializer extends VersionedSerializer<ScorerDelta> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(ScorerDelta value, DataOutputView out) throws IOException {
    out.writeInt(value.learner());
    out.writeLong(value.sequence());
    Fields.writeFloats(value.change(), out);
    Fields.writeFloats(value.weights(), out);
  }

  @Override
  ScorerDelta read(int version, DataInputView in) throws IOException {
    return new ScorerDelta(
        in.readInt(), in.readLong(), Fields.readFloats(in), Fields.readFloats(in));
  }

  @Override
  public TypeSerializerSnapshot<ScorerDelta> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ScorerDelta> {
    /** For Flink. */
    public Snapshot() {
      super(ScorerDeltaSerializer::new);
    }
  }
}

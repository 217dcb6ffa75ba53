// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link ScorerRow}. */
public final class ScorerRowSerializer extends VersionedSerializer<ScorerRow> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(ScorerRow value, DataOutputView out) throws IOException {
    out.writeLong(value.epoch());
    out.writeLong(value.version());
    Fields.writeFloats(value.weights(), out);
    Fields.writeLongs(value.contains(), out);
  }

  @Override
  ScorerRow read(int version, DataInputView in) throws IOException {
    return new ScorerRow(in.readLong(), in.readLong(), Fields.readFloats(in), Fields.readLongs(in));
  }

  @Override
  public TypeSerializerSnapshot<ScorerRow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ScorerRow> {
    /** For Flink. */
    public Snapshot() {
      super(ScorerRowSerializer::new);
    }
  }
}

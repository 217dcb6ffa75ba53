// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link TestOutcome}. */
public final class TestOutcomeSerializer extends VersionedSerializer<TestOutcome> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(TestOutcome value, DataOutputView out) throws IOException {
    Fields.writeString(value.model(), out);
    out.writeInt(value.rank());
    out.writeBoolean(value.warm());
    out.writeLong(value.time());
  }

  @Override
  TestOutcome read(int version, DataInputView in) throws IOException {
    return new TestOutcome(Fields.readString(in), in.readInt(), in.readBoolean(), in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<TestOutcome> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<TestOutcome> {
    /** For Flink. */
    public Snapshot() {
      super(TestOutcomeSerializer::new);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link DeadLetter}. */
public final class DeadLetterSerializer extends VersionedSerializer<DeadLetter> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(DeadLetter value, DataOutputView out) throws IOException {
    Fields.writeOptional(value.key(), out);
    Fields.writeOptional(value.value(), out);
    out.writeUTF(value.error().name());
    out.writeUTF(value.reason());
    out.writeUTF(value.stage());
    out.writeUTF(value.topic());
    out.writeInt(value.partition());
    out.writeLong(value.offset());
  }

  @Override
  DeadLetter read(int version, DataInputView in) throws IOException {
    return new DeadLetter(
        Fields.readOptionalBytes(in),
        Fields.readOptionalBytes(in),
        RecordError.valueOf(in.readUTF()),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readInt(),
        in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
    /** For Flink. */
    public Snapshot() {
      super(DeadLetterSerializer::new);
    }
  }
}

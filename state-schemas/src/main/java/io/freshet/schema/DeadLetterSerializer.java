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
    Fields.writeString(value.error().name(), out);
    Fields.writeString(value.reason(), out);
    Fields.writeString(value.stage(), out);
    Fields.writeString(value.topic(), out);
    out.writeInt(value.partition());
    out.writeLong(value.offset());
  }

  @Override
  DeadLetter read(int version, DataInputView in) throws IOException {
    return new DeadLetter(
        Fields.readOptionalBytes(in),
        Fields.readOptionalBytes(in),
        error(Fields.readString(in)),
        Fields.readString(in),
        Fields.readString(in),
        Fields.readString(in),
        in.readInt(),
        in.readLong());
  }

  private static RecordError error(String name) throws IOException {
    for (RecordError error : RecordError.values()) {
      if (error.name().equals(name)) {
        return error;
      }
    }
    throw new IOException(
        "RecordError has no constant "
            + name
            + "; the data was written by a newer Freshet or is damaged");
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

// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link Interaction}. */
public final class InteractionSerializer extends VersionedSerializer<Interaction> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(Interaction value, DataOutputView out) throws IOException {
    Fields.writeString(value.eventId(), out);
    Fields.writeString(value.userId(), out);
    Fields.writeString(value.itemId(), out);
    Fields.writeString(value.eventType(), out);
    out.writeLong(value.timestamp());
    out.writeFloat(value.value());
    Fields.writeString(value.requestId(), out);
    out.writeInt(value.context().size());
    for (Map.Entry<String, String> entry : value.context().entrySet()) {
      Fields.writeString(entry.getKey(), out);
      Fields.writeString(entry.getValue(), out);
    }
  }

  @Override
  Interaction read(int version, DataInputView in) throws IOException {
    return new Interaction(
        Fields.readString(in),
        Fields.readString(in),
        Fields.readString(in),
        Fields.readString(in),
        in.readLong(),
        in.readFloat(),
        Fields.readString(in),
        readContext(in));
  }

  private static Map<String, String> readContext(DataInputView in) throws IOException {
    int size = Fields.length(in);
    if (size == 0) {
      return Map.of();
    }
    Map<String, String> context = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      context.put(Fields.readString(in), Fields.readString(in));
    }
    return context;
  }

  @Override
  public TypeSerializerSnapshot<Interaction> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Interaction> {
    /** For Flink. */
    public Snapshot() {
      super(InteractionSerializer::new);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link ControlEvent}. */
public final class ControlEventSerializer extends VersionedSerializer<ControlEvent> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;

  /** Adds the version that an order goes back to. */
  private static final int VERSION_2 = 2;

  private static final ControlEvent.Action[] ACTIONS = ControlEvent.Action.values();

  @Override
  int version() {
    return VERSION_2;
  }

  @Override
  void write(ControlEvent value, DataOutputView out) throws IOException {
    Fields.writeEnum(value.action(), out);
    Fields.writeString(value.id(), out);
    out.writeLong(value.version());
    out.writeLong(value.timestamp());
  }

  @Override
  ControlEvent read(int version, DataInputView in) throws IOException {
    return new ControlEvent(
        Fields.readEnum(ACTIONS, in),
        Fields.readString(in),
        version == VERSION_1 ? 0 : in.readLong(),
        in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<ControlEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ControlEvent> {
    /** For Flink. */
    public Snapshot() {
      super(ControlEventSerializer::new);
    }
  }
}

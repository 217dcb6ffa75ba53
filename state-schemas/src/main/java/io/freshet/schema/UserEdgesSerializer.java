// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link UserEdges}. */
public final class UserEdgesSerializer extends VersionedSerializer<UserEdges> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(UserEdges value, DataOutputView out) throws IOException {
    Fields.writeEdges(value, out);
  }

  @Override
  UserEdges read(int version, DataInputView in) throws IOException {
    return Fields.readEdges(in);
  }

  @Override
  public TypeSerializerSnapshot<UserEdges> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserEdges> {
    /** For Flink. */
    public Snapshot() {
      super(UserEdgesSerializer::new);
    }
  }
}

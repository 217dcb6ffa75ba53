// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link RowCompanions}. */
public final class RowCompanionsSerializer extends VersionedSerializer<RowCompanions> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(RowCompanions value, DataOutputView out) throws IOException {
    Fields.writeCompanions(value, out);
  }

  @Override
  RowCompanions read(int version, DataInputView in) throws IOException {
    return Fields.readCompanions(in);
  }

  @Override
  public TypeSerializerSnapshot<RowCompanions> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RowCompanions> {
    /** For Flink. */
    public Snapshot() {
      super(RowCompanionsSerializer::new);
    }
  }
}

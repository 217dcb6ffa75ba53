// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link QualityWindow}. */
public final class QualityWindowSerializer extends VersionedSerializer<QualityWindow> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(QualityWindow value, DataOutputView out) throws IOException {
    Fields.writeString(value.model(), out);
    out.writeLong(value.window());
    out.writeLong(value.fromTime());
    out.writeLong(value.toTime());
    writeSums(value.warm(), out);
    writeSums(value.all(), out);
    out.writeBoolean(value.last());
  }

  private static void writeSums(QualityWindow.Sums sums, DataOutputView out) throws IOException {
    out.writeLong(sums.tests());
    out.writeLong(sums.hits10());
    out.writeLong(sums.hits20());
    out.writeDouble(sums.ndcg20());
  }

  @Override
  QualityWindow read(int version, DataInputView in) throws IOException {
    return new QualityWindow(
        Fields.readString(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        readSums(in),
        readSums(in),
        in.readBoolean());
  }

  private static QualityWindow.Sums readSums(DataInputView in) throws IOException {
    return new QualityWindow.Sums(in.readLong(), in.readLong(), in.readLong(), in.readDouble());
  }

  @Override
  public TypeSerializerSnapshot<QualityWindow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<QualityWindow> {
    /** For Flink. */
    public Snapshot() {
      super(QualityWindowSerializer::new);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link CodebookRow}. */
public final class CodebookRowSerializer extends VersionedSerializer<CodebookRow> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(CodebookRow value, DataOutputView out) throws IOException {
    Fields.writeString(value.books(), out);
    out.writeLong(value.epoch());
    out.writeLong(value.version());
    out.writeInt(value.levels());
    out.writeInt(value.codes());
    out.writeInt(value.dim());
    Fields.writeFloats(value.centroids(), out);
    Fields.writeFloats(value.shares(), out);
    out.writeLong(value.eventTime());
  }

  @Override
  CodebookRow read(int version, DataInputView in) throws IOException {
    String books = Fields.readString(in);
    long epoch = in.readLong();
    long number = in.readLong();
    int levels = in.readInt();
    int codes = in.readInt();
    int dim = in.readInt();
    float[] centroids = Fields.readFloats(in);
    float[] shares = Fields.readFloats(in);
    long eventTime = in.readLong();
    if (!CodebookRow.fits(levels, codes, dim, centroids, shares)) {
      throw new IOException("books have another number of values than codes; the data is damaged");
    }
    return new CodebookRow(books, epoch, number, levels, codes, dim, centroids, shares, eventTime);
  }

  @Override
  public TypeSerializerSnapshot<CodebookRow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CodebookRow> {
    /** For Flink. */
    public Snapshot() {
      super(CodebookRowSerializer::new);
    }
  }
}

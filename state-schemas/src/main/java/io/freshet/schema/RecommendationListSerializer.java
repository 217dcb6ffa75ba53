// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link RecommendationList}. */
public final class RecommendationListSerializer extends VersionedSerializer<RecommendationList> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;
  private static final RecommendationList.Reason[] REASONS = RecommendationList.Reason.values();

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(RecommendationList value, DataOutputView out) throws IOException {
    out.writeUTF(value.userId());
    out.writeInt(value.isTombstone() ? -1 : value.items().size());
    if (!value.isTombstone()) {
      for (ScoredItem item : value.items()) {
        out.writeUTF(item.itemId());
        out.writeFloat(item.score());
      }
    }
    out.writeLong(value.modelVersion());
    out.writeLong(value.eventTime());
    out.writeLong(value.generatedAt());
    out.writeByte(value.reason().ordinal());
  }

  @Override
  RecommendationList read(int version, DataInputView in) throws IOException {
    return new RecommendationList(
        in.readUTF(),
        readItems(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        REASONS[in.readByte()]);
  }

  private static List<ScoredItem> readItems(DataInputView in) throws IOException {
    int size = in.readInt();
    if (size < 0) {
      return null;
    }
    ScoredItem[] items = new ScoredItem[size];
    for (int i = 0; i < size; i++) {
      items[i] = new ScoredItem(in.readUTF(), in.readFloat());
    }
    return List.of(items);
  }

  @Override
  public TypeSerializerSnapshot<RecommendationList> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RecommendationList> {
    /** For Flink. */
    public Snapshot() {
      super(RecommendationListSerializer::new);
    }
  }
}

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

  /** Adds the code path. */
  private static final int VERSION_2 = 2;

  private static final RecommendationList.Reason[] REASONS = RecommendationList.Reason.values();

  @Override
  int version() {
    return VERSION_2;
  }

  @Override
  void write(RecommendationList value, DataOutputView out) throws IOException {
    Fields.writeString(value.userId(), out);
    out.writeBoolean(value.isTombstone());
    if (!value.isTombstone()) {
      out.writeInt(value.items().size());
      for (ScoredItem item : value.items()) {
        Fields.writeString(item.itemId(), out);
        out.writeFloat(item.score());
      }
    }
    out.writeLong(value.modelVersion());
    out.writeLong(value.eventTime());
    out.writeLong(value.generatedAt());
    Fields.writeEnum(value.reason(), out);
    Fields.writeInts(value.codePath(), out);
  }

  @Override
  RecommendationList read(int version, DataInputView in) throws IOException {
    return new RecommendationList(
        Fields.readString(in),
        readItems(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        Fields.readEnum(REASONS, in),
        version == VERSION_1 ? RecommendationList.NO_CODES : readCodes(in));
  }

  private static List<ScoredItem> readItems(DataInputView in) throws IOException {
    boolean tombstone = in.readBoolean();
    if (tombstone) {
      return null;
    }
    ScoredItem[] items = new ScoredItem[Fields.length(in)];
    for (int i = 0; i < items.length; i++) {
      items[i] = new ScoredItem(Fields.readString(in), in.readFloat());
    }
    return List.of(items);
  }

  private static int[] readCodes(DataInputView in) throws IOException {
    int[] codes = Fields.readInts(in);
    return codes.length == 0 ? RecommendationList.NO_CODES : codes;
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

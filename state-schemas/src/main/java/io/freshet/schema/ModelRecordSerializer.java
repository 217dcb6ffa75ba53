// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link ModelRecord}: what it is, then that. */
public final class ModelRecordSerializer extends VersionedSerializer<ModelRecord> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;
  private static final int ITEM = 0;
  private static final int BOOKS = 1;
  private static final int SCORER = 2;

  private static final ItemRowSerializer ITEMS = new ItemRowSerializer();
  private static final CodebookRowSerializer CODEBOOKS = new CodebookRowSerializer();
  private static final ScorerRowSerializer SCORERS = new ScorerRowSerializer();

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(ModelRecord value, DataOutputView out) throws IOException {
    if (value.item() != null) {
      out.writeByte(ITEM);
      ITEMS.serialize(value.item(), out);
    } else if (value.books() != null) {
      out.writeByte(BOOKS);
      CODEBOOKS.serialize(value.books(), out);
    } else {
      out.writeByte(SCORER);
      SCORERS.serialize(value.scorer(), out);
    }
  }

  @Override
  ModelRecord read(int version, DataInputView in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case ITEM -> ModelRecord.of(ITEMS.deserialize(in));
      case BOOKS -> ModelRecord.of(CODEBOOKS.deserialize(in));
      case SCORER -> ModelRecord.of(SCORERS.deserialize(in));
      default -> throw new IOException("a model record of unknown kind " + kind);
    };
  }

  @Override
  public TypeSerializerSnapshot<ModelRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelRecord> {
    /** For Flink. */
    public Snapshot() {
      super(ModelRecordSerializer::new);
    }
  }
}

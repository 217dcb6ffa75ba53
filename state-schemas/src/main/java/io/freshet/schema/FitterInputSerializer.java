// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link FitterInput}: what it is, then that. */
public final class FitterInputSerializer extends VersionedSerializer<FitterInput> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;
  private static final int CODES = 0;
  private static final int QUALITY = 1;
  private static final int ORDER = 2;

  private static final CodeDeltaSerializer DELTAS = new CodeDeltaSerializer();
  private static final QualityWindowSerializer WINDOWS = new QualityWindowSerializer();
  private static final ControlEventSerializer ORDERS = new ControlEventSerializer();

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(FitterInput value, DataOutputView out) throws IOException {
    if (value.codes() != null) {
      out.writeByte(CODES);
      DELTAS.serialize(value.codes(), out);
    } else if (value.quality() != null) {
      out.writeByte(QUALITY);
      WINDOWS.serialize(value.quality(), out);
    } else {
      out.writeByte(ORDER);
      ORDERS.serialize(value.order(), out);
    }
  }

  @Override
  FitterInput read(int version, DataInputView in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case CODES -> FitterInput.of(DELTAS.deserialize(in));
      case QUALITY -> FitterInput.of(WINDOWS.deserialize(in));
      case ORDER -> FitterInput.of(ORDERS.deserialize(in));
      default -> throw new IOException("a fitter's input of unknown kind " + kind);
    };
  }

  @Override
  public TypeSerializerSnapshot<FitterInput> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<FitterInput> {
    /** For Flink. */
    public Snapshot() {
      super(FitterInputSerializer::new);
    }
  }
}

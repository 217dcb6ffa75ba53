// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link Decoded}: what it is, then that. */
public final class DecodedSerializer extends VersionedSerializer<Decoded> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;
  private static final int INTERACTION = 0;
  private static final int CONTROL = 1;
  private static final int DEAD_LETTER = 2;

  private static final InteractionSerializer INTERACTIONS = new InteractionSerializer();
  private static final ControlEventSerializer CONTROLS = new ControlEventSerializer();
  private static final DeadLetterSerializer DEAD_LETTERS = new DeadLetterSerializer();

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(Decoded value, DataOutputView out) throws IOException {
    if (value.interaction() != null) {
      out.writeByte(INTERACTION);
      INTERACTIONS.serialize(value.interaction(), out);
    } else if (value.control() != null) {
      out.writeByte(CONTROL);
      CONTROLS.serialize(value.control(), out);
    } else {
      out.writeByte(DEAD_LETTER);
      DEAD_LETTERS.serialize(value.deadLetter(), out);
    }
  }

  @Override
  Decoded read(int version, DataInputView in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case INTERACTION -> Decoded.of(INTERACTIONS.deserialize(in));
      case CONTROL -> Decoded.of(CONTROLS.deserialize(in));
      case DEAD_LETTER -> Decoded.of(DEAD_LETTERS.deserialize(in));
      default -> throw new IOException("a decoded record of unknown kind " + kind);
    };
  }

  @Override
  public TypeSerializerSnapshot<Decoded> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Decoded> {
    /** For Flink. */
    public Snapshot() {
      super(DecodedSerializer::new);
    }
  }
}

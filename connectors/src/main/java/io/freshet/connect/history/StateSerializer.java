// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.history;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Bytes of an enumerator's state in a checkpoint. */
final class StateSerializer implements SimpleVersionedSerializer<InteractionState> {
  private static final int VERSION_1 = 1;

  private final SimpleVersionedSerializer<KafkaSourceEnumState> topics;

  StateSerializer(SimpleVersionedSerializer<KafkaSourceEnumState> topics) {
    this.topics = topics;
  }

  @Override
  public int getVersion() {
    return VERSION_1;
  }

  @Override
  public byte[] serialize(InteractionState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeBoolean(state.history() != null);
    if (state.history() != null) {
      SplitSerializer.write(state.history(), out);
    }
    out.writeBoolean(state.past());
    out.writeBoolean(state.topic() != null);
    if (state.topic() != null) {
      out.write(SimpleVersionedSerialization.writeVersionAndSerialize(topics, state.topic()));
    }
    return bytes.toByteArray();
  }

  @Override
  public InteractionState deserialize(int version, byte[] bytes) throws IOException {
    SplitSerializer.requireVersion(version);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    HistorySplit history = in.readBoolean() ? SplitSerializer.history(in) : null;
    return new InteractionState(
        history,
        in.readBoolean(),
        in.readBoolean()
            ? SimpleVersionedSerialization.readVersionAndDeSerialize(topics, in.readAllBytes())
            : null);
  }
}

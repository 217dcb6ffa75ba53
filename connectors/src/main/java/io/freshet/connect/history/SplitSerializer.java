// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.history;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Bytes of a split in a checkpoint. */
final class SplitSerializer implements SimpleVersionedSerializer<InteractionSplit> {
  private static final int VERSION_1 = 1;
  private static final int HISTORY = 0;
  private static final int PARTITION = 1;

  private final SimpleVersionedSerializer<KafkaPartitionSplit> partitions;

  SplitSerializer(SimpleVersionedSerializer<KafkaPartitionSplit> partitions) {
    this.partitions = partitions;
  }

  @Override
  public int getVersion() {
    return VERSION_1;
  }

  @Override
  public byte[] serialize(InteractionSplit split) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    if (split instanceof HistorySplit history) {
      out.writeByte(HISTORY);
      write(history, out);
    } else {
      out.writeByte(PARTITION);
      out.write(
          SimpleVersionedSerialization.writeVersionAndSerialize(
              partitions, ((TopicSplit) split).partition()));
    }
    return bytes.toByteArray();
  }

  @Override
  public InteractionSplit deserialize(int version, byte[] bytes) throws IOException {
    requireVersion(version);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    return in.readByte() == HISTORY
        ? history(in)
        : new TopicSplit(
            SimpleVersionedSerialization.readVersionAndDeSerialize(partitions, in.readAllBytes()));
  }

  static void requireVersion(int version) throws IOException {
    if (version != VERSION_1) {
      throw new IOException(
          "the interactions in the state are of version " + version + ", not " + VERSION_1);
    }
  }

  static void write(HistorySplit history, DataOutputStream out) throws IOException {
    out.writeInt(history.files().size());
    for (String path : history.files()) {
      out.writeUTF(path);
    }
    out.writeInt(history.file());
    out.writeLong(history.read());
    out.writeLong(history.earlier());
  }

  static HistorySplit history(DataInputStream in) throws IOException {
    List<String> files = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      files.add(in.readUTF());
    }
    return new HistorySplit(List.copyOf(files), in.readInt(), in.readLong(), in.readLong());
  }
}

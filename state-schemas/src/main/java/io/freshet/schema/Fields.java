// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * How arrays and optional values lie in bytes; shared by the serializers, which own the versions.
 */
final class Fields {
  private static final String[] NO_STRINGS = {};
  private static final int MAX_ELEMENTS = 1 << 20;
  private static final int MAX_BYTES = 1 << 28;

  private Fields() {}

  // Through a buffer view: a row of 64 floats takes 16 ns, one writeFloat at a time 500 ns.
  static void writeFloats(float[] values, DataOutputView out) throws IOException {
    out.writeInt(values.length);
    byte[] bytes = new byte[values.length * Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().put(values);
    out.write(bytes);
  }

  static float[] readFloats(DataInputView in) throws IOException {
    byte[] bytes = new byte[length(in) * Float.BYTES];
    in.readFully(bytes);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }

  static void writeLongs(long[] values, DataOutputView out) throws IOException {
    out.writeInt(values.length);
    byte[] bytes = new byte[values.length * Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().put(values);
    out.write(bytes);
  }

  static long[] readLongs(DataInputView in) throws IOException {
    byte[] bytes = new byte[length(in) * Long.BYTES];
    in.readFully(bytes);
    long[] values = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(values);
    return values;
  }

  static void writeInts(int[] values, DataOutputView out) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  static int[] readInts(DataInputView in) throws IOException {
    int[] values = new int[length(in)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }

  static void writeDoubles(double[] values, DataOutputView out) throws IOException {
    out.writeInt(values.length);
    byte[] bytes = new byte[values.length * Double.BYTES];
    ByteBuffer.wrap(bytes).asDoubleBuffer().put(values);
    out.write(bytes);
  }

  static double[] readDoubles(DataInputView in) throws IOException {
    byte[] bytes = new byte[length(in) * Double.BYTES];
    in.readFully(bytes);
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
    return values;
  }

  /**
   * A string of any length and content, or null. Java's own writeUTF ends at 64 KiB, which a
   * context value from outside could pass and so stop the job.
   */
  static void writeString(String value, DataOutputView out) throws IOException {
    StringValue.writeString(value, out);
  }

  static String readString(DataInputView in) throws IOException {
    return StringValue.readString(in);
  }

  static void writeStrings(String[] values, DataOutputView out) throws IOException {
    out.writeInt(values.length);
    for (String value : values) {
      writeString(value, out);
    }
  }

  static String[] readStrings(DataInputView in) throws IOException {
    int length = length(in);
    if (length == 0) {
      return NO_STRINGS;
    }
    String[] values = new String[length];
    for (int i = 0; i < length; i++) {
      values[i] = readString(in);
    }
    return values;
  }

  static void writeCounts(RowCounts counts, DataOutputView out) throws IOException {
    out.writeLong(counts.degree());
    out.writeLong(counts.exposures());
    writeDoubles(counts.popularity(), out);
    out.writeDouble(counts.exposure());
    out.writeLong(counts.time());
    out.writeLong(counts.firstSeen());
    out.writeLong(counts.lastSeen());
  }

  static RowCounts readCounts(DataInputView in) throws IOException {
    long degree = in.readLong();
    long exposures = in.readLong();
    double[] popularity = readDoubles(in);
    return new RowCounts(
        degree,
        exposures,
        popularity,
        in.readDouble(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }

  static void writeCompanions(RowCompanions companions, DataOutputView out) throws IOException {
    writeStrings(companions.items(), out);
    writeFloats(companions.wide(), out);
    writeFloats(companions.near(), out);
  }

  static RowCompanions readCompanions(DataInputView in) throws IOException {
    String[] items = readStrings(in);
    float[] wide = readFloats(in);
    float[] near = readFloats(in);
    if (wide.length != items.length || near.length != items.length) {
      throw new IOException("companions and their counts differ in number; the data is damaged");
    }
    return items.length == 0 ? RowCompanions.NONE : new RowCompanions(items, wide, near);
  }

  static void writeEdges(UserEdges edges, DataOutputView out) throws IOException {
    writeStrings(edges.items(), out);
    writeLongs(edges.times(), out);
    writeFloats(edges.weights(), out);
  }

  static UserEdges readEdges(DataInputView in) throws IOException {
    String[] items = readStrings(in);
    long[] times = readLongs(in);
    float[] weights = readFloats(in);
    if (times.length != items.length || weights.length != items.length) {
      throw new IOException(
          "a history's items, times and weights differ in number; the data is damaged");
    }
    return items.length == 0 ? UserEdges.NONE : new UserEdges(items, times, weights);
  }

  /** One byte: the constant's place in the enum, which is therefore part of the format. */
  static void writeEnum(Enum<?> value, DataOutputView out) throws IOException {
    out.writeByte(value.ordinal());
  }

  static <E extends Enum<E>> E readEnum(E[] constants, DataInputView in) throws IOException {
    int ordinal = in.readByte();
    if (ordinal < 0 || ordinal >= constants.length) {
      throw new IOException(
          constants[0].getDeclaringClass().getSimpleName()
              + " has no constant number "
              + ordinal
              + "; the data was written by a newer Freshet or is damaged");
    }
    return constants[ordinal];
  }

  // A damaged length must not become an allocation of any size.
  static int length(DataInputView in) throws IOException {
    return length(in, MAX_ELEMENTS);
  }

  private static int length(DataInputView in, int longest) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > longest) {
      throw new IOException("an array of length " + length + "; the data is damaged");
    }
    return length;
  }

  static void writeOptional(byte[] value, DataOutputView out) throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      out.writeInt(value.length);
      out.write(value);
    }
  }

  static byte[] readOptionalBytes(DataInputView in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    byte[] value = new byte[length(in, MAX_BYTES)];
    in.readFully(value);
    return value;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A serializer written by hand. Every value starts with its format version, so that a newer program
 * reads what an older one wrote, value by value, and a state never has to be migrated as a whole.
 *
 * @param <T> an immutable type
 */
abstract class VersionedSerializer<T> extends TypeSerializer<T> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int LIKELY_BYTES = 512;

  /** The format that {@link #write} writes. */
  abstract int version();

  abstract void write(T value, DataOutputView out) throws IOException;

  /** Reads what any version up to the current one wrote. */
  abstract T read(int version, DataInputView in) throws IOException;

  @Override
  public final void serialize(T value, DataOutputView out) throws IOException {
    if (out instanceof DataOutputSerializer) {
      out.writeByte(version());
      write(value, out);
      return;
    }
    // A checkpoint's stream takes a string byte by byte, each through layers of streams.
    DataOutputSerializer bytes = new DataOutputSerializer(LIKELY_BYTES);
    serialize(value, bytes);
    out.write(bytes.getSharedBuffer(), 0, bytes.length());
  }

  @Override
  public final T deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version < 1 || version > version()) {
      throw new IOException(
          getClass().getSimpleName()
              + " reads versions 1 to "
              + version()
              + ", but the data is of version "
              + version
              + "; it was written by a newer Freshet or is not of this type");
    }
    try {
      return read(version, in);
    } catch (EOFException e) {
      EOFException named =
          new EOFException(
              getClass().getSimpleName()
                  + ": the data ends within a value of version "
                  + version
                  + "; it is cut off or not of this type");
      named.initCause(e);
      throw named;
    }
  }

  @Override
  public final T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public final void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  @Override
  public final TypeSerializer<T> duplicate() {
    return this;
  }

  @Override
  public final T createInstance() {
    return null;
  }

  @Override
  public final T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return from;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final boolean equals(Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public final int hashCode() {
    return getClass().hashCode();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Files whose name says by {@value #ZSTD} at its end that they are compressed. */
public final class DataFile {
  /** The end of a compressed file's name. */
  public static final String ZSTD = ".zst";

  private static final int BUFFER_BYTES = 1 << 16;

  private DataFile() {}

  /** Whether the name says that the file is compressed. */
  public static boolean isCompressed(Path path) {
    return path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ZSTD);
  }

  /**
   * Checks that there is a file to read.
   *
   * @throws DataFileException if there is none
   */
  public static void requireReadable(Path path) throws DataFileException {
    if (!Files.exists(path)) {
      throw new DataFileException(path, "there is no such file");
    }
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new DataFileException(path, "is not a readable file");
    }
  }

  /** The content of a file, decompressed; not buffered where it is not compressed. */
  public static InputStream open(Path path) throws IOException {
    InputStream bytes = Files.newInputStream(path);
    if (!isCompressed(path)) {
      return bytes;
    }
    try {
      return new ZstdInputStream(new BufferedInputStream(bytes, BUFFER_BYTES));
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /**
   * Writes a file anew.
   *
   * @param compressed whether to compress it, whatever its name says
   */
  public static OutputStream create(Path path, boolean compressed) throws IOException {
    OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES);
    if (!compressed) {
      return bytes;
    }
    try {
      return new ZstdOutputStream(bytes);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }
}

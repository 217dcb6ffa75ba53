// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.tables;

import io.freshet.connect.DataFile;
import io.freshet.schema.TableHeader;
import io.freshet.schema.TableItem;
import io.freshet.schema.TableJson;
import io.freshet.schema.TableUser;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a table file, compressed if its name ends in {@code .zst}: items first, then users.
 *
 * <pre>{@code
 * try (TableWriter file = TableWriter.create(path, header)) {
 *   file.write(item); // header.items() times
 *   file.write(user); // header.users() times
 *   file.finish();
 * }
 * }</pre>
 *
 * The file gets its name with {@link #finish()}; without it, nothing is left behind.
 */
public final class TableWriter implements Closeable {
  private final Path path;
  private final Path part;
  private final OutputStream out;
  private final TableHeader header;
  private int items;
  private int users;
  private boolean closed;

  private TableWriter(Path path, Path part, OutputStream out, TableHeader header) {
    this.path = path;
    this.part = part;
    this.out = out;
    this.header = header;
  }

  /**
   * Begins a file.
   *
   * @throws IOException if it cannot be written there
   */
  public static TableWriter create(Path path, TableHeader header) throws IOException {
    Path part = path.resolveSibling(path.getFileName() + ".part");
    OutputStream out = DataFile.create(part, DataFile.isCompressed(path));
    TableWriter writer = new TableWriter(path, part, out, header);
    try {
      writer.line(TableJson.write(header));
      return writer;
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /** Adds an item; all items come before the first user. */
  public void write(TableItem item) throws IOException {
    if (users > 0) {
      throw new IllegalStateException("item " + item.id() + " comes after a user");
    }
    items++;
    line(TableJson.write(item));
  }

  /** Adds a user. */
  public void write(TableUser user) throws IOException {
    users++;
    line(TableJson.write(user));
  }

  /**
   * Completes the file, and replaces one of that name.
   *
   * @throws IllegalStateException if it does not hold what its header says
   */
  public void finish() throws IOException {
    if (items != header.items() || users != header.users()) {
      throw new IllegalStateException(
          items + " items and " + users + " users were written, but the header is " + header);
    }
    out.close();
    closed = true;
    Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
  }

  private void line(byte[] json) throws IOException {
    out.write(json);
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        out.close();
      } finally {
        Files.deleteIfExists(part);
      }
    }
  }
}

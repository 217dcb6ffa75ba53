// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.tables;

import io.freshet.connect.DataFile;
import io.freshet.connect.DataFileException;
import io.freshet.connect.LineReader;
import io.freshet.schema.RecordException;
import io.freshet.schema.TableHeader;
import io.freshet.schema.TableItem;
import io.freshet.schema.TableJson;
import io.freshet.schema.TableUser;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads a table file from its first line to its last: {@link #nextItem()} until it gives null, then
 * {@link #nextUser()} until it does. Whatever is wrong with the file ends in a {@link
 * DataFileException} that names the line and the field; a file read to its end is whole. Memory
 * grows with the number of ids, not with the rows.
 */
public final class TableReader implements Closeable {
  // A user's line names all of its items.
  private static final int MAX_LINE_BYTES = 1 << 26;

  private final Path path;
  private final LineReader lines;
  private final TableHeader header;
  private final Map<String, Edges> items = new HashMap<>();
  private final Set<String> users = new HashSet<>();

  /** An item's training edges that no user has named yet. */
  private static final class Edges {
    final long line;
    long left;

    Edges(long line, long left) {
      this.line = line;
      this.left = left;
    }
  }

  private TableReader(Path path, LineReader lines, TableHeader header) {
    this.path = path;
    this.lines = lines;
    this.header = header;
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws DataFileException if there is no such file, or its first line is no header
   */
  public static TableReader open(Path path) throws IOException {
    DataFile.requireReadable(path);
    LineReader lines = new LineReader(path, DataFile.open(path), MAX_LINE_BYTES, "item or user");
    try {
      byte[] first = lines.next();
      if (first == null) {
        throw new DataFileException(path, "is empty; a table file begins with a header");
      }
      return new TableReader(path, lines, TableJson.readHeader(first));
    } catch (RecordException e) {
      lines.close();
      throw new DataFileException(path, lines.line(), "is no header: " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  /** What the file says of itself. */
  public TableHeader header() {
    return header;
  }

  /** The next item, or null after the last. */
  public TableItem nextItem() throws IOException {
    if (items.size() == header.items()) {
      return null;
    }
    byte[] line = line("items", items.size(), header.items());
    try {
      TableItem item = TableJson.readItem(line, header);
      if (items.put(item.id(), new Edges(lines.line(), item.degree())) != null) {
        throw fault("item \"" + item.id() + "\" is there twice");
      }
      return item;
    } catch (RecordException e) {
      throw fault(e.getMessage());
    }
  }

  /** The next user, or null after the last; not before the items were read. */
  public TableUser nextUser() throws IOException {
    if (items.size() < header.items()) {
      throw new IllegalStateException("users come after all items");
    }
    if (users.size() == header.users()) {
      checkEnd();
      return null;
    }
    byte[] line = line("users", users.size(), header.users());
    try {
      TableUser user = TableJson.readUser(line, header);
      if (!users.add(user.id())) {
        throw fault("user \"" + user.id() + "\" is there twice");
      }
      for (String item : user.items()) {
        Edges edges = items.get(item);
        if (edges == null) {
          throw fault("items names \"" + item + "\", which has no line above");
        }
        edges.left--;
      }
      return user;
    } catch (RecordException e) {
      throw fault(e.getMessage());
    }
  }

  private void checkEnd() throws IOException {
    if (lines.next() != null) {
      throw fault(
          "is one too many: the header says "
              + header.items()
              + " items and "
              + header.users()
              + " users");
    }
    for (Map.Entry<String, Edges> item : items.entrySet()) {
      if (item.getValue().left != 0) {
        throw new DataFileException(
            path,
            item.getValue().line,
            "degree of item \""
                + item.getKey()
                + "\" is "
                + Math.abs(item.getValue().left)
                + (item.getValue().left > 0 ? " above" : " below")
                + " the number of times that users name it");
      }
    }
  }

  private byte[] line(String what, int had, int expected) throws IOException {
    byte[] line = lines.next();
    if (line == null) {
      throw new DataFileException(
          path,
          lines.line() + 1,
          "is missing: the file ends after " + had + " of the header's " + expected + " " + what);
    }
    return line;
  }

  private DataFileException fault(String fault) {
    return new DataFileException(path, lines.line(), fault);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The rows of one file, {@code user item} a line, in the order in which they stand. */
final class SplitFile {
  private final Path path;
  private int[] users = new int[1024];
  private int[] items = new int[1024];
  private int size;

  private SplitFile(Path path) {
    this.path = path;
  }

  /** Reads a file; what cannot be used is told in {@code faults}, by file and line. */
  static SplitFile read(Path path, SplitFaults faults) throws IOException {
    SplitFile file = new SplitFile(path);
    if (!Files.isRegularFile(path)) {
      faults.add("no file " + path);
      return file;
    }
    int before = faults.count();
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        String fault = file.add(line.strip());
        if (fault != null) {
          faults.add(path + ":" + number + ": " + fault);
        }
      }
    } catch (CharacterCodingException e) {
      faults.add(path + " is not text in UTF-8");
    }
    if (file.size == 0 && faults.count() == before) {
      faults.add(path + " has no rows");
    }
    return file;
  }

  private String add(String line) {
    if (line.isEmpty()) {
      return null;
    }
    String[] columns = line.split("\\s+");
    if (columns.length != 2) {
      return "a row is \"user item\", this one has "
          + columns.length
          + (columns.length == 1 ? " column" : " columns");
    }
    int user;
    int item;
    try {
      user = Integer.parseInt(columns[0]);
      item = Integer.parseInt(columns[1]);
    } catch (NumberFormatException e) {
      return "\"" + line + "\" is not two whole numbers";
    }
    if (user < 0 || item < 0) {
      return "\"" + line + "\" has a negative id";
    }
    if (size == users.length) {
      users = Arrays.copyOf(users, 2 * size);
      items = Arrays.copyOf(items, 2 * size);
    }
    users[size] = user;
    items[size++] = item;
    return null;
  }

  Path path() {
    return path;
  }

  int size() {
    return size;
  }

  int[] users() {
    return Arrays.copyOf(users, size);
  }

  int[] items() {
    return Arrays.copyOf(items, size);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.connect.DataFileException;
import io.freshet.connect.tables.TableReader;
import io.freshet.model.InitialRows;
import io.freshet.model.ModelOptions;
import io.freshet.model.TrainedRows;
import io.freshet.operator.StartingRows;
import io.freshet.schema.TableHeader;
import io.freshet.schema.TableItem;
import io.freshet.schema.TableUser;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table file as what rows start from. It is read where the tasks run, once per process however
 * many tasks start from it; the rows go when the last task lets go of them.
 *
 * @param path readable on every machine that runs a task
 */
record BootstrapFile(String path) implements StartingRows {
  private static final Map<Key, WeakReference<InitialRows>> OPEN = new HashMap<>();

  private record Key(String path, FileTime modified, long bytes, ModelOptions options) {}

  @Override
  public InitialRows open(ModelOptions options) throws IOException {
    Path file = Path.of(path);
    Key key = new Key(path, Files.getLastModifiedTime(file), Files.size(file), options);
    synchronized (OPEN) {
      OPEN.values().removeIf(rows -> rows.get() == null);
      WeakReference<InitialRows> shared = OPEN.get(key);
      InitialRows rows = shared == null ? null : shared.get();
      if (rows == null) {
        rows = read(file, options);
        OPEN.put(key, new WeakReference<>(rows));
      }
      return rows;
    }
  }

  private static InitialRows read(Path file, ModelOptions options) throws IOException {
    try (TableReader reader = TableReader.open(file)) {
      TableHeader header = reader.header();
      TrainedRows.Builder rows =
          TrainedRows.builder(options, header.time(), header.items(), header.users());
      for (TableItem item = reader.nextItem(); item != null; item = reader.nextItem()) {
        rows.item(item.id(), item.finalRow());
      }
      for (TableUser user = reader.nextUser(); user != null; user = reader.nextUser()) {
        rows.user(user.id(), user.finalRow(), user.items());
      }
      return rows.build();
    }
  }

  /** What is wrong with the file, for a model of these options; reads all of it. */
  List<String> faults(ModelOptions options) {
    List<String> faults = new ArrayList<>();
    String option = FreshetOptions.MODEL_BOOTSTRAP_FILE.key();
    try (TableReader reader = TableReader.open(Path.of(path))) {
      TableHeader header = reader.header();
      if (header.dim() != options.dim()) {
        faults.add(
            option
                + ": "
                + path
                + " has rows of "
                + header.dim()
                + " values, but "
                + FreshetOptions.MODEL_DIMENSION.key()
                + " is "
                + options.dim()
                + "; they must be the same");
      }
      if (header.items() > options.itemCapacity()) {
        faults.add(
            option
                + ": "
                + path
                + " holds "
                + header.items()
                + " items, but "
                + FreshetOptions.ITEMS_MAX.key()
                + " is "
                + options.itemCapacity()
                + "; raise it");
      }
      while (reader.nextItem() != null) {
        continue;
      }
      while (reader.nextUser() != null) {
        continue;
      }
    } catch (DataFileException e) {
      faults.add(option + ": " + e.getMessage());
    } catch (IOException e) {
      faults.add(option + ": " + path + " cannot be read: " + e.getMessage());
    }
    return faults;
  }
}

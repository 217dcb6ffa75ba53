// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.bench.MemoryBench;
import io.freshet.eval.TextTable;
import io.freshet.model.UserProfile;
import io.freshet.model.codebook.CodebookOptions;
import io.freshet.schema.UserEdges;
import io.freshet.schema.UserEdgesSerializer;
import io.freshet.schema.UserState;
import io.freshet.schema.UserStateSerializer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.core.memory.DataOutputSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Weighs items and users. */
@Command(
    name = "memory",
    description = "Measures what a learner holds of an item and of a user, and what bounds it.",
    footer = {
      "",
      "Heap is by how much the reachable part of it grew. Each learner holds all items, and of its",
      "users those in its cache; in state a user lies in RocksDB, on disk beyond its caches.",
      "",
      "Examples:",
      "  freshet bench memory",
      "  freshet bench memory --items 200k --degrees 10,100,1000 --json figures.json"
    })
final class MemoryBenchCommand implements Callable<Integer> {
  private static final int ID_LENGTH = 10;

  @Mixin private Console console;

  @Option(
      names = "--items",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Items without companions (default ${DEFAULT-VALUE}).",
      defaultValue = "100k")
  private int items;

  @Option(
      names = "--degrees",
      split = ",",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Edges of users (default ${DEFAULT-VALUE}).",
      defaultValue = "10,100,1000")
  private List<Integer> degrees;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to a file.")
  private Path json;

  @Override
  public Integer call() throws Exception {
    SampleArguments.requireHeap(Text.count(items) + " items", MemoryBench.bytes(items));
    MemoryBench bench = new MemoryBench(1, part -> console.progress("  " + part));
    List<MemoryBench.Row> rows = new ArrayList<>(bench.items(items));
    rows.addAll(bench.users(degrees));
    console.clearProgress();
    TextTable table = new TextTable("bytes", "heap", "beside it", "bounded by");
    for (MemoryBench.Row row : rows) {
      table.add(List.of(row.what(), bytes(row.bytes()), bytes(row.offHeapBytes()), row.bound()));
    }
    Map<Integer, Integer> inState = new LinkedHashMap<>();
    for (int degree : degrees) {
      inState.put(degree, stateBytes(bench.user("user", degree)));
      table.add(
          List.of(
              "user of " + degree + " edges in state",
              "-",
              bytes(inState.get(degree)),
              "edges.ttl"));
    }
    console.println(table.render());
    if (json != null) {
      Json.write(json, Map.of("rows", rows, "user_bytes_in_state_by_edges", inState));
    }
    return 0;
  }

  private static int stateBytes(UserProfile user) throws IOException {
    String[] ids = new String[user.historySize()];
    long[] times = new long[ids.length];
    float[] weights = new float[ids.length];
    Arrays.fill(ids, "i".repeat(ID_LENGTH));
    String[] list = new String[user.lastList().length];
    Arrays.fill(list, ids.length == 0 ? "" : ids[0]);
    DataOutputSerializer out = new DataOutputSerializer(64);
    new UserEdgesSerializer().serialize(new UserEdges(ids, times, weights), out);
    new UserStateSerializer()
        .serialize(
            new UserState(
                user.embedding(),
                0,
                0,
                0,
                0,
                UserEdges.NONE,
                0,
                list,
                0,
                new int[CodebookOptions.defaults().levels()],
                0,
                0,
                0),
            out);
    return out.length();
  }

  private static String bytes(double bytes) {
    return Text.count(Math.round(bytes));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import io.freshet.model.ListCost;
import io.freshet.model.ModelOptions;
import io.freshet.model.OnlineModel;
import io.freshet.model.Retrieval;
import io.freshet.model.UserProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Times the lists of users of several degrees over a generated catalogue. */
public final class ListBench {

  private static final int LIST = 20;

  /** Floats that a score reads of an item: embedding, bias, popularity, degree and mask. */
  private static final int WIDTH = ModelOptions.defaults().dim() + 4;

  /** Measured 1.1 kB an item, rows in cells, and the two arrays whose copying gives the floor. */
  private static final double BYTES_PER_ITEM = 1800 + 2.0 * Float.BYTES * WIDTH;

  /** Each item is known to have companions, up to a bound. */
  private static final double COMPANION_BYTES = 400e6;

  private final BenchOptions options;
  private final int exactUpTo;

  /**
   * @param copyGigabytes gigabytes per second, read and written ones counted, of copying the rows
   * @param retrieval how the embedding's channel found its items
   */
  public record Result(double copyGigabytes, Retrieval retrieval, List<ListRow> rows) {}

  /**
   * @param exactUpTo see {@link ModelOptions#exactUpTo()}
   */
  public ListBench(BenchOptions options, int exactUpTo) {
    this.options = options;
    this.exactUpTo = exactUpTo;
  }

  /** Bytes of heap that a catalogue of so many items needs. */
  public static double bytes(int items) {
    return BYTES_PER_ITEM * items + Math.min(COMPANION_BYTES, 20e3 * items);
  }

  /**
   * Makes lists over a catalogue of so many items.
   *
   * @param degrees items that users have taken; at most half of all
   * @param atOnce users whose lists are made together
   * @param progress told what is being done, every now and then
   */
  public Result run(
      int items, List<Integer> degrees, List<Integer> atOnce, Consumer<String> progress) {
    try (OnlineModel model =
        new OnlineModel(Catalogue.options(items).exactUpTo(exactUpTo).build())) {
      progress.accept("catalogue");
      Catalogue catalogue = new Catalogue(model, options.seed());
      catalogue.fill(items);
      List<Stopwatch.Work> works = new ArrayList<>();
      float[] rows = new float[Math.multiplyExact(items, WIDTH)];
      float[] copy = new float[rows.length];
      works.add(
          () -> {
            System.arraycopy(rows, 0, copy, 0, rows.length);
            return copy[0];
          });
      List<Lists> lists = new ArrayList<>();
      for (int degree : degrees) {
        UserProfile[] users = catalogue.users(degree, Collections.max(atOnce));
        for (int count : atOnce) {
          lists.add(new Lists(model, users, degree, count));
        }
      }
      works.addAll(lists);
      if (items > exactUpTo) {
        progress.accept("cells");
        while (!model.retrieval().pruned()) {
          lists.get(0).run();
        }
      }
      List<Timing> timings = options.stopwatch().time(works, progress);
      double bytes = (double) Float.BYTES * rows.length;
      double copyGigabytes = 2 * bytes / (timings.get(0).cpuMillis() * 1e6);
      List<ListRow> table = new ArrayList<>();
      for (int i = 0; i < lists.size(); i++) {
        table.add(lists.get(i).row(items, timings.get(1 + i), bytes / copyGigabytes / 1e3));
      }
      return new Result(copyGigabytes, model.retrieval(), table);
    }
  }

  /** The lists of some users, made together. */
  private static final class Lists implements Stopwatch.Work {
    private final OnlineModel model;
    private final UserProfile[] users;
    private final int degree;
    private final int atOnce;
    private final UserProfile[] served;
    private final List<ListCost> costs = new ArrayList<>();
    private int first;

    Lists(OnlineModel model, UserProfile[] users, int degree, int atOnce) {
      this.model = model;
      this.users = users;
      this.degree = degree;
      this.atOnce = atOnce;
      this.served = new UserProfile[atOnce];
    }

    @Override
    public double run() {
      for (int i = 0; i < atOnce; i++) {
        served[i] = users[(first + i) % users.length];
      }
      first = (first + atOnce) % users.length;
      ListCost before = model.listCost();
      int[] list = model.rank(served, atOnce, LIST, true, null)[0].items();
      costs.add(model.listCost().since(before));
      return list.length;
    }

    ListRow row(int items, Timing time, double floorMicros) {
      double micros = time.cpuMillis() * 1e3 / atOnce;
      return new ListRow(
          items,
          degree,
          atOnce,
          time,
          micros,
          median(ListCost::scores),
          median(ListCost::gather),
          median(ListCost::features),
          median(ListCost::network),
          median(ListCost::pick),
          floorMicros / atOnce,
          micros * atOnce / floorMicros);
    }

    /** Microseconds a list, of the later half: the first calls are not yet compiled. */
    private double median(ToLongFunction<ListCost> part) {
      long[] nanos = costs.stream().skip(costs.size() / 2).mapToLong(part).toArray();
      Arrays.sort(nanos);
      return nanos[nanos.length / 2] / 1e3 / atOnce;
    }
  }
}

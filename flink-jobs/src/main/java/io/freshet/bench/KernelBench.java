// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import io.freshet.kernel.Kernels;
import io.freshet.model.SplitMix;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.NodeRows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Times every kernel on a generated graph, beside the machine's own rates in the same run. */
public final class KernelBench {

  private final BenchOptions options;

  /**
   * @param floor rates that the floors come from
   * @param rows one for each kernel
   */
  public record Result(Floor floor, List<KernelRow> rows) {}

  public KernelBench(BenchOptions options) {
    this.options = options;
  }

  /** Bytes of heap that a graph of so many edges needs. */
  public static double bytes(int edges, int dim) {
    return KernelCases.bytes(new PowerLawGraph(edges), dim);
  }

  /**
   * Runs the kernels on a graph of so many edges.
   *
   * @param progress told what is being done, every now and then
   */
  public Result run(int edges, int dim, int threads, Consumer<String> progress) {
    progress.accept("graph");
    BipartiteGraph graph = new PowerLawGraph(edges).generate(options.seed());
    Kernels kernels = Kernels.cpu(threads);
    NodeRows from = NodeRows.zero(graph.users(), graph.items(), dim);
    SplitMix random = new SplitMix(options.seed());
    random.fillGaussian(from.users(), 0, from.users().length, 0.1f);
    random.fillGaussian(from.items(), 0, from.items().length, 0.1f);
    NodeRows to = from.zeroLike();
    FloorWorks floorWorks = new FloorWorks(graph, from, to, kernels);
    List<KernelCase> cases = new KernelCases(graph, from, to, kernels).all();
    List<Stopwatch.Work> works = new ArrayList<>(floorWorks.works());
    int floors = works.size();
    cases.forEach(kernel -> works.add(kernel.work()));
    List<Timing> timings = options.stopwatch().time(works, progress);
    Floor floor = floorWorks.floor(timings.subList(0, floors));
    List<KernelRow> rows = new ArrayList<>();
    for (int c = 0; c < cases.size(); c++) {
      rows.add(cases.get(c).row(edges, dim, threads, timings.get(floors + c), floor));
    }
    return new Result(floor, rows);
  }

  /** The name of the loops that run, for the heading. */
  public static String loops() {
    return Kernels.cpu().name();
  }
}

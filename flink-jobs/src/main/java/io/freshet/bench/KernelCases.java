// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import io.freshet.kernel.AdamStep;
import io.freshet.kernel.Kernels;
import io.freshet.model.SplitMix;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.NodeRows;
import java.util.List;

/**
 * Every kernel over the tables of a graph: those over edges on both tables, the others on the
 * items'.
 */
final class KernelCases {

  private static final int LIST = 20;
  private static final int CHANNEL = 60;
  private static final float RATE = 1e-3f;

  private final BipartiteGraph graph;
  private final Kernels kernels;
  private final int d;
  private final NodeRows x;
  private final NodeRows out;
  private final float[] first;
  private final float[] second;
  private final float[] weights;
  private final float[] edgeOut;
  private final float[] perItem;
  private final float[] scores;
  private final int[] someItems;
  private final float[] square;
  private final float[] squareOut;
  private final int[] selected = new int[CHANNEL];
  private final int[] listIndex = new int[LIST];
  private final float[] listScore = new float[LIST];

  /**
   * @param x a row for each node
   * @param out the same shape; overwritten
   */
  KernelCases(BipartiteGraph graph, NodeRows x, NodeRows out, Kernels kernels) {
    this.graph = graph;
    this.kernels = kernels;
    this.d = x.dim();
    this.x = x;
    this.out = out;
    this.first = new float[x.items().length];
    this.second = new float[x.items().length];
    SplitMix random = new SplitMix(2);
    this.weights = gaussian(graph.edges(), random);
    this.edgeOut = new float[graph.edges()];
    this.perItem = new float[graph.items()];
    this.scores = gaussian(graph.items(), random);
    this.someItems = PowerLawGraph.permutation(graph.items(), random);
    this.square = gaussian(d * d, random);
    this.squareOut = new float[d * d];
  }

  /** Bytes of a graph of this size and of all tables that its kernels need. */
  static double bytes(PowerLawGraph graph, int dim) {
    double rows = 2.0 * graph.users() + 4.0 * graph.items();
    double perNode = 6.0 * (graph.users() + graph.items());
    return Float.BYTES * (dim * rows + 14.0 * graph.edges() + perNode);
  }

  List<KernelCase> all() {
    return List.of(
        overEdges("SDDMM", new Cost(perEdge(2) + users(1), edges(), 0, 0), this::sddmm),
        overEdges("SpMM by user", new Cost(perEdge(2) + users(1), edges(), 0, 0), this::byUser),
        overEdges("SpMM by item", new Cost(perEdge(3) + items(1), 0, edges(), 0), this::byItem),
        overRows("inverse norms", graph.items(), items(1) + 4.0 * graph.items(), this::norms),
        overRows("scale rows", graph.items(), items(2) + 4.0 * graph.items(), this::scale),
        overRows("gather rows", graph.items(), items(2), this::gather),
        overRows("scatter-add rows", graph.items(), items(3), this::scatter),
        dense("GEMM [n,d] x [d,d]", this::gemm),
        dense("GEMM [d,n] x [n,d]", this::gemmTransposed),
        overRows("Adam", graph.items(), items(7), this::adam),
        overRows("Adam by index", graph.items(), items(7), this::adamRows),
        overRows("AdaGrad", graph.items(), items(3), this::adaGrad),
        overRows("AdaGrad by index", graph.items(), items(3), this::adaGradRows),
        overRows("select " + CHANNEL, graph.items(), 4.0 * graph.items(), this::select),
        overRows("top " + LIST, graph.items(), 4.0 * graph.items(), this::topK),
        overRows("rank", graph.items(), 4.0 * graph.items(), this::rank));
  }

  private static KernelCase overRows(String name, int rows, double bytes, Stopwatch.Work work) {
    return new KernelCase(name, work, "row", rows, Cost.streamed(bytes));
  }

  private KernelCase overEdges(String name, Cost cost, Stopwatch.Work work) {
    return new KernelCase(name, work, "edge", graph.edges(), cost);
  }

  private KernelCase dense(String name, Stopwatch.Work work) {
    Cost cost = new Cost(items(2), 0, 0, 2.0 * graph.items() * d * d);
    return new KernelCase(name, work, "row", graph.items(), cost);
  }

  private double edges() {
    return graph.edges();
  }

  /** Bytes of some arrays of one number per edge. */
  private double perEdge(int arrays) {
    return (double) arrays * Float.BYTES * graph.edges();
  }

  private double users(int tables) {
    return (double) tables * Float.BYTES * d * graph.users();
  }

  private double items(int tables) {
    return (double) tables * Float.BYTES * d * graph.items();
  }

  private static float[] gaussian(int n, SplitMix random) {
    float[] values = new float[n];
    random.fillGaussian(values, 0, n, 0.1f);
    return values;
  }

  private double sddmm() {
    kernels.sddmm(graph.byUser(), d, x.users(), x.items(), edgeOut, false);
    return edgeOut[0];
  }

  private double byUser() {
    kernels.spmm(graph.byUser(), d, weights, x.items(), out.users(), false);
    return out.users()[0];
  }

  private double byItem() {
    kernels.spmm(graph.byItem(), d, weights, x.users(), out.items(), false);
    return out.items()[0];
  }

  private double norms() {
    kernels.inverseNorms(graph.items(), d, x.items(), perItem);
    return perItem[0];
  }

  private double scale() {
    kernels.scaleRows(graph.items(), d, perItem, x.items(), out.items());
    return out.items()[0];
  }

  private double gather() {
    kernels.gatherRows(someItems, someItems.length, d, x.items(), out.items());
    return out.items()[0];
  }

  private double scatter() {
    kernels.scatterAddRows(someItems, someItems.length, d, x.items(), out.items());
    return out.items()[0];
  }

  private double gemm() {
    kernels.gemm(graph.items(), d, d, x.items(), square, out.items());
    return out.items()[0];
  }

  private double gemmTransposed() {
    kernels.gemmTransposed(graph.items(), d, d, x.items(), out.items(), squareOut);
    return squareOut[0];
  }

  private double adam() {
    int n = graph.items() * d;
    kernels.adam(step(), n, x.items(), out.items(), first, second);
    return out.items()[0];
  }

  private double adamRows() {
    kernels.adamRows(step(), someItems, someItems.length, d, x.items(), out.items(), first, second);
    return out.items()[0];
  }

  private static AdamStep step() {
    return AdamStep.of(RATE, 0, 1);
  }

  private double adaGrad() {
    kernels.adaGradAll(graph.items(), d, RATE, x.items(), out.items(), scores);
    return out.items()[0];
  }

  private double adaGradRows() {
    kernels.adaGradRows(someItems, someItems.length, d, RATE, x.items(), out.items(), scores);
    return out.items()[0];
  }

  private double select() {
    return kernels.select(scores, scores.length, CHANNEL, selected);
  }

  private double topK() {
    return kernels.topK(scores, scores.length, LIST, listIndex, listScore);
  }

  private double rank() {
    return kernels.rank(scores, scores.length, scores.length / 2);
  }
}

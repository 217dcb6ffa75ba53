// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import io.freshet.kernel.Kernels;
import io.freshet.model.SplitMix;
import io.freshet.model.batch.BatchTrainer;
import io.freshet.model.batch.Contrast;
import io.freshet.model.batch.TrainingOptions;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.Encoder;
import io.freshet.model.encoder.LightGcn;
import io.freshet.model.encoder.MatrixFactorisation;
import io.freshet.model.encoder.Ngat4Rec;
import io.freshet.model.encoder.NodeRows;
import io.freshet.model.encoder.Rankformer;
import io.freshet.model.encoder.Readout;
import io.freshet.model.encoder.TopKGat;
import io.freshet.model.loss.Bpr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Times one training epoch of encoders on a generated graph and checks what they hold. */
public final class EncoderBench {

  private static final Map<String, Encoder> ENCODERS = new LinkedHashMap<>();

  static {
    ENCODERS.put("mf", new MatrixFactorisation());
    ENCODERS.put("lightgcn", new LightGcn(4, Readout.MEAN));
    ENCODERS.put("ngat4rec", new Ngat4Rec(4, Readout.LAST));
    ENCODERS.put("topkgat", new TopKGat(4));
    ENCODERS.put("rankformer", new Rankformer(4, 0.5));
  }

  private final BenchOptions options;
  private final int dim;

  public EncoderBench(BenchOptions options, int dim) {
    this.options = options;
    this.dim = dim;
  }

  /** Names of the encoders that can be measured. */
  public static Set<String> names() {
    return ENCODERS.keySet();
  }

  /** Bytes of heap that an encoder needs on a graph of so many edges. */
  public double bytes(String encoder, int edges) {
    PowerLawGraph graph = new PowerLawGraph(edges);
    double passing = 2.0 * Integer.BYTES * (2.0 * edges + graph.users() + graph.items());
    return Footprint.of(ENCODERS.get(encoder), dim).bytes(graph) + passing;
  }

  /** What the machine reaches on a graph of so many edges. */
  public Floor floor(int edges, int threads) {
    BipartiteGraph graph = new PowerLawGraph(edges).generate(options.seed());
    NodeRows from = NodeRows.zero(graph.users(), graph.items(), dim);
    SplitMix random = new SplitMix(options.seed());
    random.fillGaussian(from.users(), 0, from.users().length, 0.1f);
    random.fillGaussian(from.items(), 0, from.items().length, 0.1f);
    FloorWorks works = new FloorWorks(graph, from, from.zeroLike(), Kernels.cpu(threads));
    return works.floor(options.stopwatch().time(works.works(), part -> {}));
  }

  /**
   * Trains for some epochs.
   *
   * @param progress told what is being done, every now and then
   */
  public EncoderRow run(
      String name, int edges, int threads, Floor floor, Consumer<String> progress) {
    progress.accept("first epoch");
    Encoder encoder = ENCODERS.get(name);
    long before = Heap.reachableBytes();
    BipartiteGraph graph = new PowerLawGraph(edges).generate(options.seed());
    TalliedKernels kernels = new TalliedKernels(Kernels.cpu(threads), graph.users());
    BatchTrainer trainer =
        BatchTrainer.start(encoder, graph, training(dim, options.seed()), kernels);
    trainer.epoch();
    long heapBytes = Heap.reachableBytes() - before;
    List<Double> shares = new ArrayList<>();
    Timing epoch =
        options.stopwatch().time(List.of(() -> epoch(trainer, kernels, shares)), progress).get(0);
    double floorMillis = floor.millis(kernels.cost());
    return new EncoderRow(
        name,
        encoder.layers(),
        edges,
        dim,
        threads,
        epoch,
        epoch.cpuMillis() * 1e6 / edges / Math.max(1, encoder.layers()),
        shares.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
        floorMillis,
        epoch.cpuMillis() / floorMillis,
        graph.bytes() + trainer.bytes(),
        heapBytes,
        Footprint.of(encoder, dim));
  }

  private static double epoch(BatchTrainer trainer, TalliedKernels kernels, List<Double> shares) {
    kernels.reset();
    long start = System.nanoTime();
    double loss = trainer.epoch();
    shares.add(kernels.nanos() / (double) (System.nanoTime() - start));
    return loss;
  }

  /** The full-batch protocol of the papers. */
  static TrainingOptions training(int dim, long seed) {
    return new TrainingOptions(dim, 0.1, 1e-4, 1e-4, 0, 1, new Bpr(), Contrast.NONE, 0.1, seed);
  }
}

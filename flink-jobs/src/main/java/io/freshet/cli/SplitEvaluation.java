// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.eval.ProcessMemory;
import io.freshet.eval.split.CurvePoint;
import io.freshet.eval.split.SplitData;
import io.freshet.eval.split.SplitListener;
import io.freshet.eval.split.SplitProgress;
import io.freshet.eval.split.SplitReport;
import io.freshet.eval.split.SplitResult;
import io.freshet.eval.split.SplitRun;
import io.freshet.kernel.Kernels;
import io.freshet.model.batch.BatchTrainer;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.Encoder;
import io.freshet.model.encoder.NodeRows;
import io.freshet.model.encoder.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An encoder trained and tested on a split, once for each seed. */
final class SplitEvaluation {
  private final Console console;
  private final SplitArguments arguments;
  private final Path directory;
  private final Path tables;
  private final Interruption interruption = Interruption.install();

  private double bestNdcg = Double.NEGATIVE_INFINITY;
  private Parameters best;

  /**
   * @param tables file for what the run with the best validation learnt, or null
   */
  SplitEvaluation(Console console, SplitArguments arguments, Path directory, Path tables) {
    this.console = console;
    this.arguments = arguments;
    this.directory = directory;
    this.tables = tables;
  }

  SplitReport run() throws IOException {
    SplitData data = SplitData.read(directory);
    console.println(
        "%s: %s users, %s items, %s train, %s valid and %s test rows"
            .formatted(
                directory,
                Text.count(data.train().users()),
                Text.count(data.train().items()),
                Text.count(data.train().edges()),
                Text.count(data.valid().size()),
                Text.count(data.test().size())));
    data.notes().forEach(console::println);
    Kernels kernels = Kernels.cpu(arguments.threads());
    console.println(
        arguments.description() + ", " + kernels.name() + ", threads " + kernels.threads());
    List<SplitResult> results = new ArrayList<>();
    for (int s = 0; s < arguments.seeds() && !interruption.isRequested(); s++) {
      results.add(train(data, arguments.firstSeed() + s, kernels));
    }
    if (tables != null && best != null) {
      save(data.train(), kernels);
    }
    return new SplitReport(
        directory.toString(), arguments.description(), results, ProcessMemory.peakRssMb());
  }

  private SplitResult train(SplitData data, long seed, Kernels kernels) {
    Progress progress = new Progress(seed);
    BatchTrainer trainer = arguments.trainer(data.train(), seed, kernels, progress::bpr);
    SplitRun run = new SplitRun(data, trainer, arguments.protocol(), kernels);
    SplitResult result = run.run(arguments.name(), seed, progress);
    console.clearProgress();
    if (run.bestParameters() != null && result.valid().ndcg() > bestNdcg) {
      bestNdcg = result.valid().ndcg();
      best = run.bestParameters();
    }
    return result;
  }

  private void save(BipartiteGraph graph, Kernels kernels) throws IOException {
    Encoder encoder = arguments.encoder();
    NodeRows rows = encoder.on(graph, best.base().dim(), kernels).forward(best);
    new TableExport(arguments.name(), encoder.layers(), graph, best, rows)
        .write(tables, System.currentTimeMillis());
    console.println("Tables of the best validation: " + tables);
  }

  private final class Progress implements SplitListener {
    private final long seed;

    Progress(long seed) {
      this.seed = seed;
    }

    void bpr(int epoch, double loss) {
      console.progress(
          String.format(Locale.ROOT, "seed %d  epoch %d of bpr  loss %.4f", seed, epoch, loss));
    }

    @Override
    public void epoch(int epoch, double loss) {
      console.progress(
          String.format(Locale.ROOT, "seed %d  epoch %d  loss %.4f", seed, epoch, loss));
    }

    @Override
    public void validated(SplitProgress progress) {
      CurvePoint now = progress.now();
      CurvePoint best = progress.best();
      int k = now.valid().k();
      console.println(
          String.format(
              Locale.ROOT,
              "seed %d  epoch %4d  loss %.4f  valid NDCG@%d %.4f  Recall@%d %.4f  "
                  + "best %.4f at %d  %.3f s/epoch  %s left at most",
              seed,
              now.epoch(),
              now.loss(),
              k,
              now.valid().ndcg(),
              k,
              now.valid().recall(),
              best.valid().ndcg(),
              best.epoch(),
              progress.secondsPerEpoch(),
              Text.duration(Duration.ofSeconds(Math.round(progress.secondsLeft())))));
    }

    @Override
    public boolean isStopped() {
      return interruption.isRequested();
    }
  }
}

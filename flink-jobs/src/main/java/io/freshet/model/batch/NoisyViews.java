// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.batch;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import io.freshet.model.SplitMix;
import io.freshet.model.encoder.NodeRows;
import io.freshet.model.loss.EdgeBatch;
import io.freshet.model.loss.InfoNce;
import java.util.Arrays;

/** Adds the gradient of {@link Contrast} over a batch's users, and over its positive items. */
final class NoisyViews {

  private final Contrast options;
  private final Kernels kernels;
  private final InfoNce infoNce;
  private final long seed;

  NoisyViews(Contrast options, long seed, Kernels kernels) {
    this.options = options;
    this.seed = seed;
    this.kernels = kernels;
    this.infoNce = new InfoNce(options.temperature(), kernels);
  }

  /**
   * @param gradient of the final rows; what InfoNCE gives is added
   * @param round a number that no other step has
   * @return the weighted loss
   */
  double add(EdgeBatch batch, NodeRows rows, NodeRows gradient, long round) {
    int d = rows.dim();
    long noise = SplitMix.mix(seed, round);
    return side(batch.positives(), d, rows.users(), gradient.users(), SplitMix.mix(noise, 1))
        + side(batch.positivesByItem(), d, rows.items(), gradient.items(), SplitMix.mix(noise, 2));
  }

  private double side(SparseRows edges, int d, float[] rows, float[] gradient, long noise) {
    int[] nodes = nonEmpty(edges);
    int n = nodes.length;
    float[] first = view(nodes, d, rows, SplitMix.mix(noise, 1));
    float[] second = view(nodes, d, rows, SplitMix.mix(noise, 2));
    float[] firstGradient = new float[n * d];
    float[] secondGradient = new float[n * d];
    double loss = infoNce.compute(n, d, first, second, firstGradient, secondGradient);
    float weight = (float) options.weight();
    for (int b = 0; b < n; b++) {
      kernels.axpy(d, weight, firstGradient, b * d, gradient, nodes[b] * d);
      kernels.axpy(d, weight, secondGradient, b * d, gradient, nodes[b] * d);
    }
    return options.weight() * loss;
  }

  private float[] view(int[] nodes, int d, float[] rows, long noise) {
    float[] out = new float[nodes.length * d];
    kernels.gatherRows(nodes, nodes.length, d, rows, out);
    SplitMix random = new SplitMix(noise);
    float[] shift = new float[d];
    for (int b = 0; b < nodes.length; b++) {
      for (int c = 0; c < d; c++) {
        shift[c] = random.nextFloat() * Math.signum(out[b * d + c]);
      }
      double length = Math.sqrt(kernels.dot(d, shift, 0, shift, 0));
      if (length > 0) {
        kernels.axpy(d, (float) (options.noise() / length), shift, 0, out, b * d);
      }
    }
    return out;
  }

  private static int[] nonEmpty(SparseRows edges) {
    int[] rows = new int[edges.rows()];
    int count = 0;
    for (int r = 0; r < edges.rows(); r++) {
      if (edges.size(r) > 0) {
        rows[count++] = r;
      }
    }
    return Arrays.copyOf(rows, count);
  }
}

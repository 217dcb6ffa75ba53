// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.scorer;

import io.freshet.kernel.Kernels;
import io.freshet.model.SplitMix;
import java.util.Arrays;

/**
 * Scores candidates by their features and learns, list by list, which candidate was taken. With x
 * the features brought to one scale,
 *
 * <pre>{@code
 * s(x) = <v, x> + <w, relu(A x + b)>
 * loss = -log softmax(s)_taken over the list
 * }</pre>
 *
 * one step of AdaGrad a list, whose sums forget slowly, so that the steps never die out. The
 * straight part learns within a hundred lists, the hidden part what the straight one cannot say:
 * that what is near counts more to one who has just begun, for example.
 *
 * <p>Used by one thread.
 */
public final class CandidateScorer {

  /** Squared gradients lose half of their worth in 1,400 lists. */
  private static final float FORGETTING = 0.9995f;

  private static final float FIRST_SUM = 0.01f;

  /** Gradients of candidates with less probability move nothing. */
  private static final float NEGLIGIBLE = 1e-4f;

  /** The loss is a mean over so many lists. */
  private static final int LISTS_OF_LATE = 1000;

  private final int features;
  private final int hidden;
  private final float rate;
  private final Kernels kernels = Kernels.cpu();
  private final FeatureScale scale;

  // A [features,hidden], b [hidden], w [hidden], v [features], back to back; their sums; gradients.
  private final float[] weights;
  private final float[] sums;
  private final float[] gradients;
  private final SharedWeights shared;
  private final int bias;
  private final int top;
  private final int straight;

  private final float[] first;
  private final float[] firstGradient;
  private float[] scaled = new float[0];
  private float[] activations = new float[0];
  private float[] scores = new float[0];
  private float loss;
  private int lists;
  private long lessons;

  /**
   * A scorer that has learnt nothing.
   *
   * @param straightStart what the straight part starts from, one weight per feature: the first
   *     lists of a new stream are ranked by it
   * @param hidden hidden values
   * @param rate AdaGrad's
   * @param seed of the hidden part's first weights
   */
  public CandidateScorer(float[] straightStart, int hidden, float rate, long seed) {
    this.features = straightStart.length;
    this.hidden = hidden;
    this.rate = rate;
    this.scale = new FeatureScale(features);
    this.bias = features * hidden;
    this.top = bias + hidden;
    this.straight = top + hidden;
    this.weights = new float[straight + features];
    this.sums = new float[weights.length];
    this.gradients = new float[weights.length];
    this.first = new float[features * hidden];
    this.firstGradient = new float[features * hidden];
    Arrays.fill(sums, FIRST_SUM);
    SplitMix random = new SplitMix(seed);
    random.fillGaussian(weights, 0, bias, (float) (1 / Math.sqrt(features)));
    random.fillGaussian(weights, bias, hidden, 0.1f);
    // The hidden part starts silent: until it has learnt, the straight one speaks alone.
    System.arraycopy(straightStart, 0, weights, straight, features);
    this.shared = new SharedWeights(weights);
  }

  /**
   * Scores candidates.
   *
   * @param x [n,features]
   * @param out receives a score per candidate
   */
  public void score(float[] x, int n, float[] out) {
    forward(x, n);
    System.arraycopy(scores, 0, out, 0, n);
  }

  /**
   * Learns from one list.
   *
   * @param x [n,features], as the candidates were when the choice was made
   * @param taken position of the candidate that was taken
   */
  public void learn(float[] x, int n, int taken) {
    lessons++;
    scale.observe(x, n);
    forward(x, n);
    toGradientOfScores(n, taken);
    Arrays.fill(gradients, 0);
    for (int row = 0; row < n; row++) {
      float gradient = scores[row];
      int at = row * hidden;
      if (Math.abs(gradient) < NEGLIGIBLE) {
        Arrays.fill(activations, at, at + hidden, 0);
        continue;
      }
      kernels.axpy(features, gradient, scaled, row * features, gradients, straight);
      kernels.axpy(hidden, gradient, activations, at, gradients, top);
      for (int j = 0; j < hidden; j++) {
        activations[at + j] = activations[at + j] > 0 ? gradient * weights[top + j] : 0;
      }
      kernels.axpy(hidden, 1, activations, at, gradients, bias);
    }
    kernels.gemmTransposed(n, features, hidden, scaled, activations, firstGradient);
    System.arraycopy(firstGradient, 0, gradients, 0, bias);
    step();
  }

  /**
   * The loss of late, a running mean: {@code log n} for a scorer that tells nothing apart, 0 before
   * the first list.
   */
  public float loss() {
    return loss;
  }

  /** Lists that this scorer has learnt from. */
  public long lessons() {
    return lessons;
  }

  /**
   * The weights, for scorers that learn from different lists and are to be one. AdaGrad's sums and
   * the scale of the features stay each scorer's own: they say how its own lists are.
   */
  public SharedWeights shared() {
    return shared;
  }

  /** All that was learnt, to be kept. */
  public float[] state() {
    float[] state = Arrays.copyOf(weights, 2 * weights.length + scale.state().length);
    System.arraycopy(sums, 0, state, weights.length, sums.length);
    System.arraycopy(scale.state(), 0, state, 2 * weights.length, scale.state().length);
    return state;
  }

  /**
   * Takes over what a scorer of the same shape has learnt.
   *
   * @return false, with nothing changed, if the shape was another
   */
  public boolean restore(float[] state) {
    if (state.length != 2 * weights.length + scale.state().length) {
      return false;
    }
    System.arraycopy(state, 0, weights, 0, weights.length);
    System.arraycopy(state, weights.length, sums, 0, sums.length);
    System.arraycopy(state, 2 * weights.length, scale.state(), 0, scale.state().length);
    scale.restored();
    shared.restart();
    return true;
  }

  private void forward(float[] x, int n) {
    reserve(n);
    scale.apply(x, n, scaled);
    System.arraycopy(weights, 0, first, 0, bias);
    kernels.gemm(n, features, hidden, scaled, first, activations);
    for (int row = 0; row < n; row++) {
      int at = row * hidden;
      for (int j = 0; j < hidden; j++) {
        activations[at + j] = Math.max(0, activations[at + j] + weights[bias + j]);
      }
      scores[row] =
          kernels.dot(hidden, activations, at, weights, top)
              + kernels.dot(features, scaled, row * features, weights, straight);
    }
  }

  /** {@code dloss/ds = softmax(s) - 1{taken}}, in place of the scores. */
  private void toGradientOfScores(int n, int taken) {
    float best = Float.NEGATIVE_INFINITY;
    for (int row = 0; row < n; row++) {
      best = Math.max(best, scores[row]);
    }
    double sum = 0;
    float ofTaken = scores[taken] - best;
    for (int row = 0; row < n; row++) {
      scores[row] = (float) Math.exp(scores[row] - best);
      sum += scores[row];
    }
    for (int row = 0; row < n; row++) {
      scores[row] /= (float) sum;
    }
    scores[taken] -= 1;
    float latest = (float) (Math.log(sum) - ofTaken);
    lists = Math.min(LISTS_OF_LATE, lists + 1);
    loss += (latest - loss) / lists;
  }

  private void step() {
    for (int i = 0; i < weights.length; i++) {
      float gradient = gradients[i];
      if (gradient != 0) {
        sums[i] = FORGETTING * sums[i] + gradient * gradient;
        weights[i] -= rate * gradient / (float) Math.sqrt(sums[i]);
      }
    }
  }

  private void reserve(int n) {
    if (scores.length < n) {
      int grown = Math.max(n, 2 * scores.length);
      scores = new float[grown];
      scaled = new float[grown * features];
      activations = new float[grown * hidden];
    }
  }
}

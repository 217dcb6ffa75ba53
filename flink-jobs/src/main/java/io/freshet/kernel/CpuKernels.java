// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

/** Plain loops in the shapes that the JIT turns into vector instructions. */
final class CpuKernels implements Kernels {

  static final CpuKernels INSTANCE = new CpuKernels();

  private static final float EPSILON = 1e-8f;

  private CpuKernels() {}

  @Override
  public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
    // A float sum may not be reordered by the JIT, so the independent partial sums are spelled out.
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      s0 += x[xOffset + i] * y[yOffset + i];
      s1 += x[xOffset + i + 1] * y[yOffset + i + 1];
      s2 += x[xOffset + i + 2] * y[yOffset + i + 2];
      s3 += x[xOffset + i + 3] * y[yOffset + i + 3];
    }
    for (; i < n; i++) {
      s0 += x[xOffset + i] * y[yOffset + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] += alpha * x[xOffset + i];
    }
  }

  @Override
  public float adaGrad(
      int n, float rate, float[] g, int gOffset, float[] x, int xOffset, float acc) {
    float grown = acc + dot(n, g, gOffset, g, gOffset) / n;
    axpy(n, -rate / ((float) Math.sqrt(grown) + EPSILON), g, gOffset, x, xOffset);
    return grown;
  }

  @Override
  public int topK(float[] scores, int n, int k, int[] outIndex, float[] outScore) {
    if (k <= 0) {
      return 0;
    }
    // The outputs hold a heap whose root is the worst entry kept. Indices arrive in ascending
    // order, so an equal score never displaces an earlier one.
    int size = 0;
    int at = 0;
    for (; at < n && size < k; at++) {
      float score = scores[at];
      if (score > Float.NEGATIVE_INFINITY) {
        siftUp(outIndex, outScore, size++, at, score);
      }
    }
    if (size == k) {
      float worst = outScore[0];
      for (; at < n; at++) {
        if (scores[at] > worst) {
          siftDown(outIndex, outScore, size, at, scores[at]);
          worst = outScore[0];
        }
      }
    }
    for (int end = size - 1; end > 0; end--) {
      int index = outIndex[end];
      float score = outScore[end];
      outIndex[end] = outIndex[0];
      outScore[end] = outScore[0];
      siftDown(outIndex, outScore, end, index, score);
    }
    return size;
  }

  @Override
  public int rank(float[] scores, int n, int candidate) {
    float own = scores[candidate];
    if (!(own > Float.NEGATIVE_INFINITY)) {
      return 0;
    }
    int before = 0;
    for (int i = 0; i < candidate; i++) {
      before += scores[i] >= own ? 1 : 0;
    }
    for (int i = candidate + 1; i < n; i++) {
      before += scores[i] > own ? 1 : 0;
    }
    return before + 1;
  }

  @Override
  public DenseScorer newDenseScorer(int width, int maxScratchFloats) {
    return new BlasDenseScorer(width, maxScratchFloats);
  }

  private static boolean worse(float score, int index, float thanScore, int thanIndex) {
    return score < thanScore || (score == thanScore && index > thanIndex);
  }

  private static void siftUp(int[] heapIndex, float[] heapScore, int at, int index, float score) {
    int child = at;
    while (child > 0) {
      int parent = (child - 1) >>> 1;
      if (!worse(score, index, heapScore[parent], heapIndex[parent])) {
        break;
      }
      heapIndex[child] = heapIndex[parent];
      heapScore[child] = heapScore[parent];
      child = parent;
    }
    heapIndex[child] = index;
    heapScore[child] = score;
  }

  private static void siftDown(
      int[] heapIndex, float[] heapScore, int size, int index, float score) {
    int parent = 0;
    while (true) {
      int child = 2 * parent + 1;
      if (child >= size) {
        break;
      }
      int right = child + 1;
      if (right < size
          && worse(heapScore[right], heapIndex[right], heapScore[child], heapIndex[child])) {
        child = right;
      }
      if (!worse(heapScore[child], heapIndex[child], score, index)) {
        break;
      }
      heapIndex[parent] = heapIndex[child];
      heapScore[parent] = heapScore[child];
      parent = child;
    }
    heapIndex[parent] = index;
    heapScore[parent] = score;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.Arrays;

/** Plain loops in the shapes that the JIT turns into vector instructions where it can. */
final class ScalarLoops implements RowLoops {

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
  public void dots(
      int rows, int d, float[] x, int first, float[] v, int vFrom, float[] out, int outFrom) {
    for (int r = 0; r < rows; r++) {
      out[outFrom + r] = dot(d, x, (first + r) * d, v, vFrom);
    }
  }

  @Override
  public void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] += alpha * x[xOffset + i];
    }
  }

  @Override
  public void sddmm(
      SparseRows a, int from, int to, int d, float[] x, float[] y, float[] out, boolean add) {
    for (int r = from; r < to; r++) {
      for (int p = a.start[r]; p < a.start[r + 1]; p++) {
        float value = dot(d, x, r * d, y, a.column[p] * d);
        int e = a.entry(p);
        out[e] = add ? out[e] + value : value;
      }
    }
  }

  @Override
  public void spmm(
      SparseRows a, int from, int to, int d, float[] w, float[] y, float[] out, boolean add) {
    for (int r = from; r < to; r++) {
      if (!add) {
        Arrays.fill(out, r * d, (r + 1) * d, 0f);
      }
      for (int p = a.start[r]; p < a.start[r + 1]; p++) {
        axpy(d, w[a.entry(p)], y, a.column[p] * d, out, r * d);
      }
    }
  }

  @Override
  public void adam(
      AdamStep.Factors step,
      int from,
      int to,
      float[] g,
      int gFrom,
      float[] p,
      float[] m,
      float[] v) {
    float keep = step.keep();
    float rate = step.rate();
    float second = step.secondCorrection();
    float epsilon = step.epsilon();
    float b1 = step.beta1();
    float n1 = step.oneLessBeta1();
    float b2 = step.beta2();
    float n2 = step.oneLessBeta2();
    for (int i = from; i < to; i++) {
      float gi = g[gFrom + i - from];
      float mi = b1 * m[i] + n1 * gi;
      float vi = b2 * v[i] + n2 * gi * gi;
      m[i] = mi;
      v[i] = vi;
      p[i] = keep * p[i] - rate * mi / ((float) Math.sqrt(vi * second) + epsilon);
    }
  }

  @Override
  public int countAbove(float[] values, int from, int to, float bound) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += values[i] > bound ? 1 : 0;
    }
    return count;
  }

  @Override
  public void raise(float[] values, int n, int m, float[] highest) {
    raise(values, 0, n, m, highest);
  }

  /** The same for the values [from, n), {@code from} a multiple of m. */
  static void raise(float[] values, int from, int n, int m, float[] highest) {
    for (int start = from; start < n; start += m) {
      int end = Math.min(m, n - start);
      for (int j = 0; j < end; j++) {
        if (values[start + j] > highest[j]) {
          highest[j] = values[start + j];
        }
      }
    }
  }

  @Override
  public int collect(float[] values, int from, int to, float bound, int[] out, int at) {
    int count = at;
    for (int i = from; i < to; i++) {
      if (values[i] >= bound) {
        out[count++] = i;
      }
    }
    return count;
  }

  @Override
  public String name() {
    return "plain loops";
  }
}

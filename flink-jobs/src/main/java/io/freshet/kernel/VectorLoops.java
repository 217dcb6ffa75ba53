// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops in the Vector API. A row is taken in strips of four vectors (64 floats on AVX-512) that
 * stay in registers while the row's entries pass by, so an entry costs the reading of its
 * neighbour's row and nothing else.
 *
 * <p>No vector passes through a method of ours, not even one that only reads it: where the compiler
 * does not inline such a method, the vector becomes an object, its class is unknown to what
 * follows, and each operation on it runs as plain Java, a hundred times slower. The compiler may
 * decide so after hours, when it compiles a loop anew.
 *
 * <p>Compiled apart from the rest and loaded by name, because the module is an incubator.
 */
final class VectorLoops implements RowLoops {

  private static final ScalarLoops REST = new ScalarLoops();

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int V = SPECIES.length();
  private static final int STRIP = 4 * V;

  /** The narrowest vectors there are: the last lanes are summed in one of them. */
  private static final VectorSpecies<Float> NARROW = FloatVector.SPECIES_128;

  @Override
  public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    for (; i + 2 * V <= n; i += 2 * V) {
      s0 =
          FloatVector.fromArray(SPECIES, x, xOffset + i)
              .fma(FloatVector.fromArray(SPECIES, y, yOffset + i), s0);
      s1 =
          FloatVector.fromArray(SPECIES, x, xOffset + i + V)
              .fma(FloatVector.fromArray(SPECIES, y, yOffset + i + V), s1);
    }
    float sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      sum += x[xOffset + i] * y[yOffset + i];
    }
    return sum;
  }

  @Override
  public void dots(
      int rows, int d, float[] x, int first, float[] v, int vFrom, float[] out, int outFrom) {
    float[] lanes = new float[V];
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      int o0 = (first + r) * d;
      int o1 = o0 + d;
      int o2 = o1 + d;
      int o3 = o2 + d;
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      int k = 0;
      for (; k + V <= d; k += V) {
        FloatVector vk = FloatVector.fromArray(SPECIES, v, vFrom + k);
        s0 = vk.fma(FloatVector.fromArray(SPECIES, x, o0 + k), s0);
        s1 = vk.fma(FloatVector.fromArray(SPECIES, x, o1 + k), s1);
        s2 = vk.fma(FloatVector.fromArray(SPECIES, x, o2 + k), s2);
        s3 = vk.fma(FloatVector.fromArray(SPECIES, x, o3 + k), s3);
      }
      s0.intoArray(lanes, 0);
      out[outFrom + r] = sumAndRest(lanes, d, k, x, o0, v, vFrom);
      s1.intoArray(lanes, 0);
      out[outFrom + r + 1] = sumAndRest(lanes, d, k, x, o1, v, vFrom);
      s2.intoArray(lanes, 0);
      out[outFrom + r + 2] = sumAndRest(lanes, d, k, x, o2, v, vFrom);
      s3.intoArray(lanes, 0);
      out[outFrom + r + 3] = sumAndRest(lanes, d, k, x, o3, v, vFrom);
    }
    for (; r < rows; r++) {
      out[outFrom + r] = dot(d, x, (first + r) * d, v, vFrom);
    }
  }

  /** The sum of a vector's lanes and of the products from k on, by the narrowest vectors first. */
  private static float sumAndRest(
      float[] lanes, int d, int k, float[] x, int xFrom, float[] v, int vFrom) {
    FloatVector sum = FloatVector.fromArray(NARROW, lanes, 0);
    for (int i = NARROW.length(); i < V; i += NARROW.length()) {
      sum = sum.add(FloatVector.fromArray(NARROW, lanes, i));
    }
    int i = k;
    for (; i + NARROW.length() <= d; i += NARROW.length()) {
      FloatVector vi = FloatVector.fromArray(NARROW, v, vFrom + i);
      sum = vi.fma(FloatVector.fromArray(NARROW, x, xFrom + i), sum);
    }
    float value = sum.reduceLanes(VectorOperators.ADD);
    for (; i < d; i++) {
      value += x[xFrom + i] * v[vFrom + i];
    }
    return value;
  }

  @Override
  public void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
    FloatVector a = FloatVector.broadcast(SPECIES, alpha);
    int i = 0;
    for (; i + V <= n; i += V) {
      a.fma(
              FloatVector.fromArray(SPECIES, x, xOffset + i),
              FloatVector.fromArray(SPECIES, y, yOffset + i))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] += alpha * x[xOffset + i];
    }
  }

  @Override
  public void sddmm(
      SparseRows a, int from, int to, int d, float[] x, float[] y, float[] out, boolean add) {
    int k = 0;
    for (; k + STRIP <= d; k += STRIP) {
      sddmmStrip(a, from, to, d, k, x, y, out, add || k > 0);
    }
    if (k < d) {
      sddmmRest(a, from, to, d, k, x, y, out, add || k > 0);
    }
  }

  private static void sddmmStrip(
      SparseRows a,
      int from,
      int to,
      int d,
      int k,
      float[] x,
      float[] y,
      float[] out,
      boolean add) {
    int[] start = a.start;
    int[] column = a.column;
    int[] entry = a.entry;
    float[] lanes = new float[V];
    for (int r = from; r < to; r++) {
      int end = start[r + 1];
      int xo = r * d + k;
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, xo);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, xo + V);
      FloatVector x2 = FloatVector.fromArray(SPECIES, x, xo + 2 * V);
      FloatVector x3 = FloatVector.fromArray(SPECIES, x, xo + 3 * V);
      for (int p = start[r]; p < end; p++) {
        int yo = column[p] * d + k;
        FloatVector s0 = x0.mul(FloatVector.fromArray(SPECIES, y, yo));
        FloatVector s1 = x1.mul(FloatVector.fromArray(SPECIES, y, yo + V));
        s0 = x2.fma(FloatVector.fromArray(SPECIES, y, yo + 2 * V), s0);
        s1 = x3.fma(FloatVector.fromArray(SPECIES, y, yo + 3 * V), s1);
        s0.add(s1).intoArray(lanes, 0);
        float value = sum(lanes);
        int e = entry == null ? p : entry[p];
        out[e] = add ? out[e] + value : value;
      }
    }
  }

  /**
   * The sum of a vector's lanes by way of memory: the JIT's own reduction adds one lane after
   * another, which took as long as the products.
   *
   * @param lanes the vector's, [V]
   */
  private static float sum(float[] lanes) {
    FloatVector sum = FloatVector.fromArray(NARROW, lanes, 0);
    for (int i = NARROW.length(); i < V; i += NARROW.length()) {
      sum = sum.add(FloatVector.fromArray(NARROW, lanes, i));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private void sddmmRest(
      SparseRows a,
      int from,
      int to,
      int d,
      int k,
      float[] x,
      float[] y,
      float[] out,
      boolean add) {
    for (int r = from; r < to; r++) {
      for (int p = a.start[r]; p < a.start[r + 1]; p++) {
        float value = dot(d - k, x, r * d + k, y, a.column[p] * d + k);
        int e = a.entry(p);
        out[e] = add ? out[e] + value : value;
      }
    }
  }

  @Override
  public void spmm(
      SparseRows a, int from, int to, int d, float[] w, float[] y, float[] out, boolean add) {
    int k = 0;
    for (; k + STRIP <= d; k += STRIP) {
      spmmStrip(a, from, to, d, k, w, y, out, add);
    }
    if (k < d) {
      spmmRest(a, from, to, d, k, w, y, out, add);
    }
  }

  private static void spmmStrip(
      SparseRows a,
      int from,
      int to,
      int d,
      int k,
      float[] w,
      float[] y,
      float[] out,
      boolean add) {
    int[] start = a.start;
    int[] column = a.column;
    int[] entry = a.entry;
    for (int r = from; r < to; r++) {
      int end = start[r + 1];
      int o = r * d + k;
      FloatVector s0;
      FloatVector s1;
      FloatVector s2;
      FloatVector s3;
      if (add) {
        s0 = FloatVector.fromArray(SPECIES, out, o);
        s1 = FloatVector.fromArray(SPECIES, out, o + V);
        s2 = FloatVector.fromArray(SPECIES, out, o + 2 * V);
        s3 = FloatVector.fromArray(SPECIES, out, o + 3 * V);
      } else {
        s0 = FloatVector.zero(SPECIES);
        s1 = s0;
        s2 = s0;
        s3 = s0;
      }
      for (int p = start[r]; p < end; p++) {
        int yo = column[p] * d + k;
        FloatVector f = FloatVector.broadcast(SPECIES, w[entry == null ? p : entry[p]]);
        s0 = f.fma(FloatVector.fromArray(SPECIES, y, yo), s0);
        s1 = f.fma(FloatVector.fromArray(SPECIES, y, yo + V), s1);
        s2 = f.fma(FloatVector.fromArray(SPECIES, y, yo + 2 * V), s2);
        s3 = f.fma(FloatVector.fromArray(SPECIES, y, yo + 3 * V), s3);
      }
      s0.intoArray(out, o);
      s1.intoArray(out, o + V);
      s2.intoArray(out, o + 2 * V);
      s3.intoArray(out, o + 3 * V);
    }
  }

  private void spmmRest(
      SparseRows a,
      int from,
      int to,
      int d,
      int k,
      float[] w,
      float[] y,
      float[] out,
      boolean add) {
    for (int r = from; r < to; r++) {
      int o = r * d + k;
      if (!add) {
        Arrays.fill(out, o, (r + 1) * d, 0f);
      }
      for (int p = a.start[r]; p < a.start[r + 1]; p++) {
        axpy(d - k, w[a.entry(p)], y, a.column[p] * d + k, out, o);
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
    FloatVector b1 = FloatVector.broadcast(SPECIES, step.beta1());
    FloatVector b2 = FloatVector.broadcast(SPECIES, step.beta2());
    float n1 = step.oneLessBeta1();
    float n2 = step.oneLessBeta2();
    float keep = step.keep();
    float rate = step.rate();
    float second = step.secondCorrection();
    float epsilon = step.epsilon();
    int i = from;
    for (; i + V <= to; i += V) {
      FloatVector gi = FloatVector.fromArray(SPECIES, g, gFrom + i - from);
      FloatVector mi = FloatVector.fromArray(SPECIES, m, i).fma(b1, gi.mul(n1));
      FloatVector vi = FloatVector.fromArray(SPECIES, v, i).fma(b2, gi.mul(gi).mul(n2));
      mi.intoArray(m, i);
      vi.intoArray(v, i);
      FloatVector denominator = vi.mul(second).lanewise(VectorOperators.SQRT).add(epsilon);
      FloatVector.fromArray(SPECIES, p, i)
          .mul(keep)
          .sub(mi.mul(rate).div(denominator))
          .intoArray(p, i);
    }
    if (i < to) {
      REST.adam(step, i, to, g, gFrom + i - from, p, m, v);
    }
  }

  @Override
  public int countAbove(float[] values, int from, int to, float bound) {
    FloatVector b = FloatVector.broadcast(SPECIES, bound);
    int count = 0;
    int i = from;
    for (; i + V <= to; i += V) {
      count += FloatVector.fromArray(SPECIES, values, i).compare(VectorOperators.GT, b).trueCount();
    }
    return count + REST.countAbove(values, i, to, bound);
  }

  @Override
  public void raise(float[] values, int n, int m, float[] highest) {
    int whole = n - n % m;
    for (int start = 0; start < whole; start += m) {
      for (int j = 0; j < m; j += V) {
        FloatVector value = FloatVector.fromArray(SPECIES, values, start + j);
        FloatVector held = FloatVector.fromArray(SPECIES, highest, j);
        held.blend(value, value.compare(VectorOperators.GT, held)).intoArray(highest, j);
      }
    }
    ScalarLoops.raise(values, whole, n, m, highest);
  }

  @Override
  public int collect(float[] values, int from, int to, float bound, int[] out, int at) {
    FloatVector b = FloatVector.broadcast(SPECIES, bound);
    int count = at;
    int i = from;
    for (; i + V <= to; i += V) {
      if (FloatVector.fromArray(SPECIES, values, i).compare(VectorOperators.GE, b).anyTrue()) {
        count = REST.collect(values, i, i + V, bound, out, count);
      }
    }
    return REST.collect(values, i, to, bound, out, count);
  }

  @Override
  public String name() {
    return "Vector API, " + SPECIES.vectorBitSize() + " bits";
  }
}

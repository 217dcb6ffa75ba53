// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Dense products of tall matrices with small ones through OpenBLAS, the library below ND4J. A tall
 * matrix passes in blocks of {@value #BLOCK} rows through memory outside the heap that each thread
 * allocates once: the copy stays in the second-level cache, and no array object is made.
 */
final class Gemm {

  static final int BLOCK = 1024;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private Gemm() {}

  /** Rows [from, to) of {@code out = a b}, for a [n,k] and b [k,c]. */
  static void multiply(int from, int to, int k, int c, float[] a, float[] b, float[] out) {
    Scratch s = SCRATCH.get();
    s.reserve(BLOCK * k, k * c, BLOCK * c);
    s.second.put(b, 0, k * c);
    for (int at = from; at < to; at += BLOCK) {
      int rows = Math.min(BLOCK, to - at);
      s.first.put(a, at * k, rows * k);
      cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasNoTrans,
          rows,
          c,
          k,
          1f,
          s.first,
          k,
          s.second,
          c,
          0f,
          s.result,
          c);
      s.result.get(out, at * c, rows * c);
    }
  }

  /** {@code out[outOffset..] = a^T b} over the rows [from, to) of a [n,k] and b [n,c]; [k,c]. */
  static void multiplyTransposed(
      int from, int to, int k, int c, float[] a, float[] b, float[] out, int outOffset) {
    Scratch s = SCRATCH.get();
    s.reserve(BLOCK * k, BLOCK * c, k * c);
    float beta = 0f;
    for (int at = from; at < to; at += BLOCK) {
      int rows = Math.min(BLOCK, to - at);
      s.first.put(a, at * k, rows * k);
      s.second.put(b, at * c, rows * c);
      cblas_sgemm(
          CblasRowMajor,
          CblasTrans,
          CblasNoTrans,
          k,
          c,
          rows,
          1f,
          s.first,
          k,
          s.second,
          c,
          beta,
          s.result,
          c);
      beta = 1f;
    }
    s.result.get(out, outOffset, k * c);
  }

  private static final class Scratch {
    FloatPointer first = new FloatPointer(1);
    FloatPointer second = new FloatPointer(1);
    FloatPointer result = new FloatPointer(1);

    void reserve(long forFirst, long forSecond, long forResult) {
      first = atLeast(first, forFirst);
      second = atLeast(second, forSecond);
      result = atLeast(result, forResult);
    }

    private static FloatPointer atLeast(FloatPointer held, long floats) {
      if (held.capacity() >= floats) {
        return held;
      }
      held.deallocate();
      return new FloatPointer(floats);
    }
  }
}

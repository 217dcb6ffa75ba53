// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.Arrays;

/**
 * Selects the highest of many scores without a heap: a bound that at least k scores reach comes
 * from the maxima of interleaved groups, one pass collects what reaches it, little more than k, and
 * an exact cut among those few remains. Both passes read the scores in order, in vectors.
 *
 * <p>With twice as many groups as places, 1.4 k scores in random order reach the bound. Groups are
 * interleaved because scores often rise with the index: new items are the popular ones.
 */
final class Selection {

  private static final int GROUPS_PER_PLACE = 2;

  /** Groups of fewer scores give no bound worth having. */
  private static final int LEAST_GROUP = 4;

  /** Scores that one pass looks at before it makes room for more. */
  private static final int CHUNK = 1 << 14;

  private static final ThreadLocal<Selection> OF_THREAD = ThreadLocal.withInitial(Selection::new);

  private float[] values = new float[256];
  private int[] found = new int[256];
  private long[] keys = new long[32];

  private Selection() {}

  /** See {@link Kernels#select}. */
  static int select(RowLoops loops, float[] scores, int n, int k, int[] outIndex) {
    return k <= 0 ? 0 : OF_THREAD.get().cut(loops, scores, n, k, outIndex);
  }

  /** See {@link Kernels#topK}. */
  static int topK(RowLoops loops, float[] scores, int n, int k, int[] outIndex, float[] outScore) {
    int size = select(loops, scores, n, k, outIndex);
    OF_THREAD.get().sort(scores, size, outIndex);
    for (int i = 0; i < size; i++) {
      outScore[i] = scores[outIndex[i]];
    }
    return size;
  }

  private int cut(RowLoops loops, float[] scores, int n, int k, int[] outIndex) {
    float bound = bound(loops, scores, n, k);
    int count = 0;
    for (int from = 0; from < n; from += CHUNK) {
      int to = Math.min(n, from + CHUNK);
      if (found.length < count + to - from) {
        found = Arrays.copyOf(found, Math.max(count + to - from, 2 * count));
      }
      count = loops.collect(scores, from, to, bound, found, count);
    }
    if (count <= k) {
      System.arraycopy(found, 0, outIndex, 0, count);
      return count;
    }
    reserve(count);
    for (int i = 0; i < count; i++) {
      values[i] = scores[found[i]];
    }
    float least = highest(values, count, k);
    int above = 0;
    for (int i = 0; i < k; i++) {
      above += values[i] > least ? 1 : 0;
    }
    int ties = k - above;
    int size = 0;
    for (int i = 0; size < k; i++) {
      float score = scores[found[i]];
      if (score > least || (score == least && ties-- > 0)) {
        outIndex[size++] = found[i];
      }
    }
    return size;
  }

  /** A number that at least k scores reach, or the lowest there is. */
  private float bound(RowLoops loops, float[] scores, int n, int k) {
    long wanted = (long) GROUPS_PER_PLACE * k + RowLoops.LANES - 1;
    long groups = wanted - wanted % RowLoops.LANES;
    if (n < LEAST_GROUP * groups) {
      return -Float.MAX_VALUE;
    }
    int m = (int) groups;
    reserve(m);
    Arrays.fill(values, 0, m, Float.NEGATIVE_INFINITY);
    loops.raise(scores, n, m, values);
    return Math.max(-Float.MAX_VALUE, highest(values, m, k));
  }

  private void reserve(int count) {
    if (values.length < count) {
      values = new float[Math.max(count, 2 * values.length)];
    }
  }

  /** Best first: by a key that holds the score's order above the index's. */
  private void sort(float[] scores, int size, int[] index) {
    if (keys.length < size) {
      keys = new long[Math.max(size, 2 * keys.length)];
    }
    for (int i = 0; i < size; i++) {
      int bits = Float.floatToRawIntBits(scores[index[i]] + 0f); // -0 and 0 are the same
      int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
      keys[i] = (long) ~ascending << Integer.SIZE | index[i];
    }
    Arrays.sort(keys, 0, size);
    for (int i = 0; i < size; i++) {
      index[i] = (int) keys[i];
    }
  }

  /**
   * The k-th highest of {@code a[0..n)}, none of which is NaN; the k highest then stand in front.
   */
  private static float highest(float[] a, int n, int k) {
    int low = 0;
    int high = n - 1;
    int at = k - 1;
    while (low < high) {
      float pivot = middle(a[low], a[(low + high) >>> 1], a[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (a[i] > pivot) {
          i++;
        }
        while (a[j] < pivot) {
          j--;
        }
        if (i <= j) {
          float swapped = a[i];
          a[i++] = a[j];
          a[j--] = swapped;
        }
      }
      if (at <= j) {
        high = j;
      } else if (at >= i) {
        low = i;
      } else {
        break;
      }
    }
    return a[at];
  }

  private static float middle(float a, float b, float c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}

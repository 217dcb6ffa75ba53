// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.util.Arrays;
import java.util.Random;

/**
 * Incremental matrix factorisation by stochastic gradient descent on positive feedback alone
 * (Vinagre, Jorge and Gama, UMAP 2014, algorithm 2). Each event takes one step towards p_u . q_i =
 * 1:
 *
 * <pre>
 * e   = 1 - p_u . q_i
 * p_u = p_u + rate (e q_i - reg p_u)
 * q_i = q_i + rate (e p_u - reg q_i)
 * </pre>
 *
 * <p>Items are ranked by p_u . q_i. New vectors are drawn from N(0, init^2).
 */
final class Isgd implements Baseline {
  private static final int DIM = 64;

  /**
   * With REGULARISATION the best of {0.01, 0.02, 0.05, 0.1, 0.2} x {0.01, 0.1} on MovieLens 100k.
   */
  private static final float RATE = 0.05f;

  private static final float REGULARISATION = 0.01f;

  private final String name;
  private final double init;
  private final Random userRandom;
  private final Random itemRandom;
  private float[] users = new float[0];
  private int userCount;

  /** Factor by factor, so that scoring all items is a plain loop over consecutive floats. */
  private final float[][] items = new float[DIM][0];

  private int itemCount;
  private float[] sums = new float[0];
  private double[] scores = new double[0];

  /**
   * @param name what the row is called
   * @param init standard deviation of a new vector's entries
   */
  Isgd(String name, double init, long seed) {
    this.name = name;
    this.init = init;
    this.userRandom = new Random(seed);
    this.itemRandom = new Random(~seed);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String setting() {
    return "d " + DIM + ", init " + init;
  }

  @Override
  public double[] scores(int user, long timeMs, int count) {
    reserveUser(user);
    reserveItems(count);
    Arrays.fill(sums, 0, count, 0);
    int row = user * DIM;
    for (int f = 0; f < DIM; f += 4) {
      addFour(f, users[row + f], users[row + f + 1], users[row + f + 2], users[row + f + 3], count);
    }
    for (int i = 0; i < count; i++) {
      scores[i] = sums[i];
    }
    return scores;
  }

  private void addFour(int f, float p0, float p1, float p2, float p3, int count) {
    float[] q0 = items[f];
    float[] q1 = items[f + 1];
    float[] q2 = items[f + 2];
    float[] q3 = items[f + 3];
    float[] into = sums;
    for (int i = 0; i < count; i++) {
      into[i] += p0 * q0[i] + p1 * q1[i] + p2 * q2[i] + p3 * q3[i];
    }
  }

  @Override
  public void learn(int user, int item, long timeMs, boolean repeat) {
    reserveUser(user);
    reserveItems(item + 1);
    int row = user * DIM;
    float dot = 0;
    for (int f = 0; f < DIM; f++) {
      dot += users[row + f] * items[f][item];
    }
    float error = 1 - dot;
    for (int f = 0; f < DIM; f++) {
      float p = users[row + f];
      float q = items[f][item];
      p += RATE * (error * q - REGULARISATION * p);
      q += RATE * (error * p - REGULARISATION * q);
      users[row + f] = p;
      items[f][item] = q;
    }
  }

  private void reserveUser(int user) {
    if ((user + 1) * DIM > users.length) {
      users = Arrays.copyOf(users, Math.max((user + 1) * DIM, users.length * 2));
    }
    for (; userCount <= user; userCount++) {
      for (int f = 0; f < DIM; f++) {
        users[userCount * DIM + f] = (float) (init * userRandom.nextGaussian());
      }
    }
  }

  private void reserveItems(int count) {
    if (count > sums.length) {
      int length = Math.max(count, sums.length * 2);
      for (int f = 0; f < DIM; f++) {
        items[f] = Arrays.copyOf(items[f], length);
      }
      sums = Arrays.copyOf(sums, length);
      scores = Arrays.copyOf(scores, length);
    }
    for (; itemCount < count; itemCount++) {
      for (int f = 0; f < DIM; f++) {
        items[f][itemCount] = (float) (init * itemRandom.nextGaussian());
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Graphs and tables from a seed, the awkward shapes included, for tests of properties. */
public final class RandomGraphs {

  private RandomGraphs() {}

  /** A graph of every shape below by name; small enough for dense references and differences. */
  public static Map<String, EdgeList> all(long seed) {
    Map<String, EdgeList> graphs = new LinkedHashMap<>();
    graphs.put("power law", powerLaw(seed, 9, 12, 40));
    graphs.put("distinct", distinct(seed, 7, 8, 20));
    graphs.put("duplicates", duplicates(seed, 6, 5, 12));
    graphs.put("isolated nodes", isolatedNodes(seed, 9, 8, 15));
    graphs.put("one user", distinct(seed, 1, 6, 4));
    graphs.put("one item", distinct(seed, 6, 1, 4));
    graphs.put("one edge", distinct(seed, 1, 1, 1));
    graphs.put("complete", distinct(seed, 4, 5, 20));
    graphs.put("no edge", distinct(seed, 3, 4, 0));
    return graphs;
  }

  /**
   * Ends drawn with a density that falls as 1/rank on both sides, so heads repeat and tails lack.
   */
  public static EdgeList powerLaw(long seed, int users, int items, int edges) {
    Random random = new Random(seed);
    int[] user = new int[edges];
    int[] item = new int[edges];
    for (int e = 0; e < edges; e++) {
      user[e] = zipf(random, users);
      item[e] = zipf(random, items);
    }
    return new EdgeList(users, items, user, item);
  }

  private static int zipf(Random random, int nodes) {
    return (int) Math.pow(nodes + 1.0, random.nextDouble()) - 1;
  }

  /**
   * No pair twice.
   *
   * @throws IllegalArgumentException when there are fewer pairs than edges
   */
  public static EdgeList distinct(long seed, int users, int items, int edges) {
    if (edges > users * items) {
      throw new IllegalArgumentException(edges + " edges in " + users + " x " + items);
    }
    int[] pairs = new Random(seed).ints(0, users * items).distinct().limit(edges).toArray();
    int[] user = new int[edges];
    int[] item = new int[edges];
    for (int e = 0; e < edges; e++) {
      user[e] = pairs[e] / items;
      item[e] = pairs[e] % items;
    }
    return new EdgeList(users, items, user, item);
  }

  /** Distinct pairs, of which the first is there four times and every other one twice. */
  public static EdgeList duplicates(long seed, int users, int items, int pairs) {
    EdgeList once = distinct(seed, users, items, pairs);
    int[] user = new int[2 * pairs + 2];
    int[] item = new int[2 * pairs + 2];
    for (int e = 0; e < user.length; e++) {
      int of = e < 2 * pairs ? e % pairs : 0;
      user[e] = once.user()[of];
      item[e] = once.item()[of];
    }
    return new EdgeList(users, items, user, item);
  }

  /** Distinct pairs among the nodes of even number; the others have none. */
  public static EdgeList isolatedNodes(long seed, int users, int items, int edges) {
    EdgeList dense = distinct(seed, (users + 1) / 2, (items + 1) / 2, edges);
    int[] user = new int[edges];
    int[] item = new int[edges];
    for (int e = 0; e < edges; e++) {
      user[e] = 2 * dense.user()[e];
      item[e] = 2 * dense.item()[e];
    }
    return new EdgeList(users, items, user, item);
  }

  /** Normal values of mean 0 and the given deviation. */
  public static double[][] table(long seed, int rows, int dim, double deviation) {
    Random random = new Random(seed);
    double[][] table = new double[rows][dim];
    for (double[] row : table) {
      for (int c = 0; c < dim; c++) {
        row[c] = deviation * random.nextGaussian();
      }
    }
    return table;
  }
}

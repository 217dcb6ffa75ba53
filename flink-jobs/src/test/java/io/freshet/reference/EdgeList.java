// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import java.util.Arrays;

/**
 * A bipartite graph as its train edges: edge {@code e} joins {@code user[e]} and {@code item[e]}. A
 * repeated pair is that many edges, in every sum and in every degree.
 *
 * @param users how many users, those without an edge included
 * @param items how many items, those without an edge included
 */
public record EdgeList(int users, int items, int[] user, int[] item) {

  /**
   * @throws IllegalArgumentException when the ends differ in number or name a node that is not
   */
  public EdgeList {
    if (user.length != item.length) {
      throw new IllegalArgumentException(user.length + " users for " + item.length + " items");
    }
    for (int e = 0; e < user.length; e++) {
      if (user[e] < 0 || user[e] >= users || item[e] < 0 || item[e] >= items) {
        throw new IllegalArgumentException("edge " + e + " leaves the graph");
      }
    }
  }

  public int size() {
    return user.length;
  }

  public int[] userDegrees() {
    return degrees(users, user);
  }

  public int[] itemDegrees() {
    return degrees(items, item);
  }

  /** The item ids of one user in edge order, repeats included. */
  public int[] itemsOf(int of) {
    int[] found = new int[size()];
    int count = 0;
    for (int e = 0; e < size(); e++) {
      if (user[e] == of) {
        found[count++] = item[e];
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static int[] degrees(int nodes, int[] ends) {
    int[] degrees = new int[nodes];
    for (int node : ends) {
      degrees[node]++;
    }
    return degrees;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The golden vectors under {@code golden/} of the test resources: doubles that independent programs
 * agreed upon to 5e-15. Their README stands beside them.
 */
public final class Golden {

  /**
   * A golden graph with its base embeddings and one negative item per edge.
   *
   * @param users base embeddings (n, d)
   * @param items base embeddings (m, d)
   */
  public record Graph(
      EdgeList edges, double[][] users, double[][] items, int[] negatives, double regLambda) {}

  private Golden() {}

  /**
   * @param file such as {@code topkgat_A.json}
   * @throws IllegalArgumentException when there is none of that name
   */
  public static JsonNode read(String file) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("no golden file " + file);
      }
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param name {@code A}, where every node has an edge, or {@code B}, with a user and an item that
   *     have none
   */
  public static Graph graph(String name) {
    JsonNode json = read("graph_" + name + ".json");
    return new Graph(
        edges(json.get("n_users").asInt(), json.get("n_items").asInt(), json.get("edges")),
        matrix(json.get("user_emb")),
        matrix(json.get("item_emb")),
        ints(json.get("bpr_negatives_in_edge_order")),
        json.get("reg_lambda").asDouble());
  }

  /** Pairs {@code [user, item]} as edges. */
  public static EdgeList edges(int users, int items, JsonNode pairs) {
    int[] user = new int[pairs.size()];
    int[] item = new int[pairs.size()];
    for (int e = 0; e < user.length; e++) {
      user[e] = pairs.get(e).get(0).asInt();
      item[e] = pairs.get(e).get(1).asInt();
    }
    return new EdgeList(users, items, user, item);
  }

  public static double[][] matrix(JsonNode rows) {
    double[][] matrix = new double[rows.size()][];
    for (int r = 0; r < matrix.length; r++) {
      matrix[r] = vector(rows.get(r));
    }
    return matrix;
  }

  /** A null, which stands for a value the paper's code leaves undefined, becomes NaN. */
  public static double[] vector(JsonNode row) {
    double[] vector = new double[row.size()];
    for (int c = 0; c < vector.length; c++) {
      vector[c] = row.get(c).isNull() ? Double.NaN : row.get(c).asDouble();
    }
    return vector;
  }

  public static int[] ints(JsonNode row) {
    int[] ints = new int[row.size()];
    for (int c = 0; c < ints.length; c++) {
      ints[c] = row.get(c).asInt();
    }
    return ints;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

/** Works out the {@link CodebookFigures} of a re-fit. */
final class LevelFigures {

  private final CodeStatistics statistics;
  private final Codebooks books;
  private final Codebooks after;
  private final int codes;
  private final int levels;

  /**
   * @param statistics gathered by {@code books}
   * @param after the books from now on
   */
  LevelFigures(CodeStatistics statistics, Codebooks books, Codebooks after) {
    this.statistics = statistics;
    this.books = books;
    this.after = after;
    this.codes = books.codes();
    this.levels = books.levels();
  }

  /**
   * The whole path, then level by level.
   *
   * @param dead by level
   * @param expired by level
   */
  CodebookFigures[] all(int[] dead, int[] expired) {
    CodebookFigures[] all = new CodebookFigures[levels + 1];
    int allDead = 0;
    int allExpired = 0;
    double squaredShift = 0;
    for (int l = 0; l < levels; l++) {
      all[l + 1] = level(l, dead[l], expired[l]);
      allDead += dead[l];
      allExpired += expired[l];
      squaredShift += all[l + 1].centroidShift() * all[l + 1].centroidShift() / levels;
    }
    int[] paths = statistics.paths();
    double[] usage = new double[paths.length / 2];
    for (int i = 0; i < usage.length; i++) {
      usage[i] = share(paths[2 * i + 1], statistics.users);
    }
    all[0] =
        new CodebookFigures(
            0,
            (int) Math.round(Math.pow(codes, levels)),
            usage.length,
            perplexity(usage),
            allDead,
            allExpired,
            largest(usage),
            all[levels].error(),
            Math.sqrt(squaredShift),
            share(statistics.changedPaths, statistics.compared),
            0,
            new double[0]);
    return all;
  }

  private CodebookFigures level(int l, int dead, int expired) {
    double[] usage = new double[codes];
    int used = 0;
    for (int k = 0; k < codes; k++) {
      long count = statistics.counts[l * codes + k];
      usage[k] = share(count, statistics.users);
      used += count > 0 ? 1 : 0;
    }
    double residual = Math.sqrt(share(statistics.residualSquares[l], statistics.users));
    return new CodebookFigures(
        l + 1,
        codes,
        used,
        perplexity(usage),
        dead,
        expired,
        largest(usage),
        share(statistics.residualSquares[l], statistics.squares),
        shift(l),
        share(statistics.changed[l], statistics.compared),
        share(nearestDistance(l), residual),
        usage);
  }

  private double shift(int l) {
    double moved = 0;
    double length = 0;
    for (int i = books.offset(l, 0); i < books.offset(l + 1, 0); i++) {
      double move = after.centroids()[i] - books.centroids()[i];
      moved += move * move;
      length += (double) books.centroids()[i] * books.centroids()[i];
    }
    return Math.sqrt(share(moved, length));
  }

  private double nearestDistance(int l) {
    double sum = 0;
    for (int k = 0; k < codes; k++) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int other = 0; other < codes; other++) {
        if (other != k) {
          nearest = Math.min(nearest, squaredDistance(books.offset(l, k), books.offset(l, other)));
        }
      }
      sum += Math.sqrt(nearest);
    }
    return sum / codes;
  }

  private double squaredDistance(int at, int other) {
    double sum = 0;
    for (int i = 0; i < books.dim(); i++) {
      double difference = books.centroids()[at + i] - books.centroids()[other + i];
      sum += difference * difference;
    }
    return sum;
  }

  private static double perplexity(double[] usage) {
    double entropy = 0;
    for (double share : usage) {
      entropy -= share > 0 ? share * Math.log(share) : 0;
    }
    return usage.length == 0 ? 0 : Math.exp(entropy);
  }

  private static double largest(double[] usage) {
    double largest = 0;
    for (double share : usage) {
      largest = Math.max(largest, share);
    }
    return largest;
  }

  private static double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }
}

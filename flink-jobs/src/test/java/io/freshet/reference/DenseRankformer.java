// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/**
 * One Rankformer layer over all n x m pairs, as the paper writes it. With {@code A[u,i]} the number
 * of edges between u and i, {@code z = norm(x)}, {@code S = Z_U Z_I^T}, {@code D+ = max(d_u, 1)}
 * and {@code D- = max(m - d_u, 1)},
 *
 * <pre>
 * b+_u   = sum_i A S / D+                   b-_u   = sum_i (1 - A) S / D-
 * Omega+ = A (S - b-_u + alpha) / D+        Omega- = (1 - A) (S - b+_u - alpha) / D-
 * </pre>
 *
 * and the sums run over {@code Omega+ + Omega-}. A pair with one edge is on, a pair with none is
 * off; of a pair with more, each edge past the first takes one pair off away again, which is what
 * the linear-time form computes. A user without edges pulls with {@code alpha - b-_u} in C.
 */
final class DenseRankformer implements RankformerLayer {
  private final RankformerOptions options;
  private EdgeList g;
  private ReferenceEncoder.Final x;
  private double[][] a;
  private double[] dPos;
  private double[] dNeg;
  private double[][] zu;
  private double[][] zi;
  private double[] bPos;
  private double[] bNeg;
  private double[][] omegaPos;
  private double[][] omegaNeg;
  private RankformerBlend userBlend;
  private RankformerBlend itemBlend;

  DenseRankformer(RankformerOptions options) {
    this.options = options;
  }

  double[] bPos() {
    return bPos;
  }

  double[] bNeg() {
    return bNeg;
  }

  double[][] omegaPos() {
    return omegaPos;
  }

  double[][] omegaNeg() {
    return omegaNeg;
  }

  RankformerBlend userBlend() {
    return userBlend;
  }

  RankformerBlend itemBlend() {
    return itemBlend;
  }

  @Override
  public ReferenceEncoder.Final forward(EdgeList graph, ReferenceEncoder.Final input) {
    g = graph;
    x = input;
    zu = Rows.unit(x.users());
    zi = Rows.unit(x.items());
    count();
    benchmarks();
    double[][] userSums = Rows.zeros(x.users());
    double[][] itemSums = Rows.zeros(x.items());
    double[] userPull = new double[g.users()];
    double[] userPush = new double[g.users()];
    double[] itemPull = new double[g.items()];
    double[] itemPush = new double[g.items()];
    omegaPos = new double[g.users()][g.items()];
    omegaNeg = new double[g.users()][g.items()];
    for (int u = 0; u < g.users(); u++) {
      for (int i = 0; i < g.items(); i++) {
        double s = Rows.dot(zu[u], zi[i]);
        omegaPos[u][i] = a[u][i] * (s - bNeg[u] + options.alpha()) / dPos[u];
        if (options.negative()) {
          omegaNeg[u][i] = (1 - a[u][i]) * (s - bPos[u] - options.alpha()) / dNeg[u];
        }
        double weight = omegaPos[u][i] + omegaNeg[u][i];
        Rows.add(userSums[u], weight, x.items()[i]);
        Rows.add(itemSums[i], weight, x.users()[u]);
        userPull[u] += omegaPos[u][i];
        userPush[u] += omegaNeg[u][i];
        itemPull[i] += omegaPos[u][i];
        itemPush[i] += omegaNeg[u][i];
      }
      if (isCold(u)) {
        userPull[u] = options.alpha() - bNeg[u];
      }
    }
    userBlend = new RankformerBlend(options, x.users(), userSums, userPull, userPush);
    itemBlend = new RankformerBlend(options, x.items(), itemSums, itemPull, itemPush);
    return new ReferenceEncoder.Final(userBlend.out(), itemBlend.out());
  }

  private boolean isCold(int u) {
    for (double edges : a[u]) {
      if (edges > 0) {
        return false;
      }
    }
    return true;
  }

  private void count() {
    a = new double[g.users()][g.items()];
    for (int e = 0; e < g.size(); e++) {
      a[g.user()[e]][g.item()[e]]++;
    }
    int[] degrees = g.userDegrees();
    dPos = new double[g.users()];
    dNeg = new double[g.users()];
    for (int u = 0; u < g.users(); u++) {
      dPos[u] = Math.max(degrees[u], 1);
      dNeg[u] = Math.max(g.items() - degrees[u], 1);
    }
  }

  private void benchmarks() {
    bPos = new double[g.users()];
    bNeg = new double[g.users()];
    if (options.benchmark()) {
      for (int u = 0; u < g.users(); u++) {
        for (int i = 0; i < g.items(); i++) {
          double s = Rows.dot(zu[u], zi[i]);
          bPos[u] += a[u][i] * s / dPos[u];
          bNeg[u] += (1 - a[u][i]) * s / dNeg[u];
        }
      }
    }
  }

  @Override
  public ReferenceEncoder.Final backward(ReferenceEncoder.Final gradOut) {
    RankformerBlend.Backward ofUsers = userBlend.backward(gradOut.users());
    RankformerBlend.Backward ofItems = itemBlend.backward(gradOut.items());
    double[][] gradXu = ofUsers.x();
    double[][] gradXi = ofItems.x();
    double[][] gradS = new double[g.users()][g.items()];
    for (int u = 0; u < g.users(); u++) {
      double gradBPos = 0;
      double gradBNeg = isCold(u) ? -ofUsers.pull()[u] : 0;
      for (int i = 0; i < g.items(); i++) {
        double weight = omegaPos[u][i] + omegaNeg[u][i];
        Rows.add(gradXi[i], weight, ofUsers.sum()[u]);
        Rows.add(gradXu[u], weight, ofItems.sum()[i]);
        double gradWeight =
            Rows.dot(ofUsers.sum()[u], x.items()[i]) + Rows.dot(ofItems.sum()[i], x.users()[u]);
        double gradPos = (gradWeight + ofUsers.pull()[u] + ofItems.pull()[i]) * a[u][i] / dPos[u];
        double gradNeg =
            options.negative()
                ? (gradWeight + ofUsers.push()[u] + ofItems.push()[i]) * (1 - a[u][i]) / dNeg[u]
                : 0;
        gradS[u][i] = gradPos + gradNeg;
        gradBNeg -= gradPos;
        gradBPos -= gradNeg;
      }
      if (options.benchmark()) {
        for (int i = 0; i < g.items(); i++) {
          gradS[u][i] += gradBPos * a[u][i] / dPos[u] + gradBNeg * (1 - a[u][i]) / dNeg[u];
        }
      }
    }
    double[][] gradZu = Rows.zeros(zu);
    double[][] gradZi = Rows.zeros(zi);
    for (int u = 0; u < g.users(); u++) {
      for (int i = 0; i < g.items(); i++) {
        Rows.add(gradZu[u], gradS[u][i], zi[i]);
        Rows.add(gradZi[i], gradS[u][i], zu[u]);
      }
    }
    Rows.add(gradXu, 1, Rows.unitBackward(x.users(), gradZu));
    Rows.add(gradXi, 1, Rows.unitBackward(x.items(), gradZi));
    return new ReferenceEncoder.Final(gradXu, gradXi);
  }
}

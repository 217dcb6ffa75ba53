// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import io.freshet.reference.ReferenceEncoder.Final;
import java.util.Arrays;

/**
 * One Rankformer layer in O(E d + (n + m) d^2) time and O(E + (n + m) d + d^2) memory, forward and
 * backward; {@link DenseRankformer} defines what it computes. Written for translation into kernels:
 * each loop over edges is one SDDMM or SpMM, each loop over nodes a dense product.
 *
 * <h2>Forward</h2>
 *
 * Let x_u, y_i be the vectors that enter, z_u, v_i their unit vectors, s_e = &lt;z_u, v_i&gt;, and
 * c_u = b+_u + alpha. Since Omega- = (1 - A)(S - c) / D-, the weight of a pair is
 *
 * <pre>
 * Omega[u,i] = sum of w_e over the edges of the pair + (&lt;z_u, v_i&gt; - c_u) / D-_u
 * w_e = p_e - q_e,   p_e = (s_e - b-_u + alpha) / D+_u,   q_e = (s_e - c_u) / D-_u
 * </pre>
 *
 * whose second term is of rank d + 1, so that sums over all pairs factorise:
 *
 * <pre>
 * sV = sum_i v_i    sY = sum_i y_i    M = sum_i v_i y_i^T                       (over items)
 * b+_u = sum_e s_e / D+_u             b-_u = (&lt;z_u, sV&gt; - sum_e s_e) / D-_u
 * K = sum_u z_u x_u^T / D-_u          k = sum_u c_u x_u / D-_u                   (over users)
 * h = sum_u z_u / D-_u                kappa = sum_u c_u / D-_u
 *
 * sum_u  = sum_e w_e y_i + (M^T z_u - c_u sY) / D-_u
 * sum_i  = sum_e w_e x_u + K^T v_i - k
 * pull_u = sum_e p_e, alpha - b-_u without edges      pull_i = sum_e p_e
 * push_u = (&lt;z_u, sV&gt; - m c_u) / D-_u - sum_e q_e      push_i = &lt;v_i, h&gt; - kappa - sum_e q_e
 * </pre>
 *
 * <h2>Backward</h2>
 *
 * {@link RankformerBlend} gives, per node, the gradients of sum, pull and push; write r_u, t_i for
 * those of the sums and rho, sigma for those of pull and push. The max(0, .) of C is in rho and
 * sigma, which are 0 where it cuts off.
 *
 * <p>1. Edges (one SDDMM on the pairs r|x and y|t), with no gradient of b or c known yet:
 *
 * <pre>
 * gw_e = &lt;r_u, y_i&gt; + &lt;x_u, t_i&gt;
 * gp_e = (gw_e + rho_u + rho_i) / D+_u         gq_e = -(gw_e + sigma_u + sigma_i) / D-_u
 * </pre>
 *
 * <p>2. Sums over one side's nodes: R = sum_u z_u r_u^T / D-_u (the gradient of M), T = sum_i v_i
 * t_i^T (of K), sT = sum_i t_i (of -k), gh = sum_i sigma_i v_i, gkappa = -sum_i sigma_i.
 *
 * <p>3. Users. The terms of all pairs, then b+ (in c) and b-, whose gradients need the sums of step
 * 1 over the user's edges:
 *
 * <pre>
 * gc_u  = (-&lt;r_u, sY&gt; - &lt;sT, x_u&gt; - m sigma_u + gkappa) / D-_u - sum_e gq_e
 * gb_u  = -sum_e gp_e, or -rho_u without edges                    (the gradient of b-_u)
 * gz_u += (M r_u + T x_u + (sigma_u + gb_u) sV + gh) / D-_u
 * gx_u += (T^T z_u - c_u sT) / D-_u
 * gs_e  = gp_e + gq_e + gc_u / D+_u - gb_u / D-_u
 * </pre>
 *
 * <p>4. Items: gsY = -sum_u c_u r_u / D-_u and gsV = sum_u (sigma_u + gb_u) z_u / D-_u, then
 *
 * <pre>
 * gv_i += R y_i + K t_i + sigma_i h + gsV         gy_i += R^T v_i + gsY
 * </pre>
 *
 * <p>5. Edges again (two SpMM each way): gx_u += w_e t_i, gy_i += w_e r_u, gz_u += gs_e v_i, gv_i
 * += gs_e z_u. Last, gz and gv pass through the norm into gx and gy.
 *
 * <p>Steps 1, 3 and 5 touch only one user's edges, so a pass by user can do all three at once for
 * the user side. To keep between the passes: x, y, c, b-, C, the signs of pull and push, and s_e or
 * z and v to compute it again.
 *
 * <h2>Rounding</h2>
 *
 * push is a difference of two sums, over all pairs and over edges. Of a node with no pair left
 * without an edge it is 0 but for rounding, of which {@link RankformerBlend} must not make a C;
 * from alpha = 2 on only a node that also has no pull can fall under that. The few sums over all
 * nodes (sV, sY, M, K, k, h, kappa) want double accumulators in a float32 kernel.
 *
 * <h2>Ablations</h2>
 *
 * Without benchmark b+ = b- = 0 (c = alpha) and gc, gb are dropped. Without negatives every term
 * over all pairs and every q_e is dropped, so that of sV only b- and its gradient remain. Without
 * normaliser rho = sigma = 0.
 */
final class LinearRankformer implements RankformerLayer {
  private final RankformerOptions options;
  private EdgeList g;
  private Final in;
  private Final unit;
  private double[] dPos;
  private boolean[] cold;
  private double[] c;
  private double[] weight;
  private double[] ones;
  private double[] shareNeg;
  private PairSums items;
  private PairSums users;
  private RankformerBlend userBlend;
  private RankformerBlend itemBlend;

  LinearRankformer(RankformerOptions options) {
    this.options = options;
  }

  @Override
  public Final forward(EdgeList graph, Final input) {
    g = graph;
    in = input;
    unit = new Final(Rows.unit(in.users()), Rows.unit(in.items()));
    degrees();
    // sV, sY and M.
    items = new PairSums(unit.items(), in.items(), ones, ones);
    double[] s = new double[g.size()];
    double[] sumS = new double[g.users()];
    for (int e = 0; e < g.size(); e++) {
      s[e] = Rows.dot(unit.users()[g.user()[e]], unit.items()[g.item()[e]]);
      sumS[g.user()[e]] += s[e];
    }
    c = new double[g.users()];
    double[] bNeg = new double[g.users()];
    for (int u = 0; u < g.users(); u++) {
      c[u] = options.alpha();
      if (options.benchmark()) {
        c[u] += sumS[u] / dPos[u];
        bNeg[u] = (Rows.dot(unit.users()[u], items.unit) - sumS[u]) * shareNeg[u];
      }
    }
    // h, k, K and kappa.
    users = new PairSums(unit.users(), in.users(), shareNeg, c);
    blend(s, bNeg);
    return new Final(userBlend.out(), itemBlend.out());
  }

  private void degrees() {
    ones = new double[g.items()];
    Arrays.fill(ones, 1);
    int[] degrees = g.userDegrees();
    dPos = new double[g.users()];
    shareNeg = new double[g.users()];
    cold = new boolean[g.users()];
    for (int u = 0; u < g.users(); u++) {
      dPos[u] = Math.max(degrees[u], 1);
      shareNeg[u] = 1.0 / Math.max(g.items() - degrees[u], 1);
      cold[u] = degrees[u] == 0;
    }
  }

  private void blend(double[] s, double[] bNeg) {
    Final sums = new Final(Rows.zeros(in.users()), Rows.zeros(in.items()));
    double[] userPull = new double[g.users()];
    double[] userPush = new double[g.users()];
    double[] itemPull = new double[g.items()];
    double[] itemPush = new double[g.items()];
    weight = new double[g.size()];
    for (int e = 0; e < g.size(); e++) {
      int u = g.user()[e];
      int i = g.item()[e];
      double p = (s[e] - bNeg[u] + options.alpha()) / dPos[u];
      double q = options.negative() ? (s[e] - c[u]) * shareNeg[u] : 0;
      weight[e] = p - q;
      Rows.add(sums.users()[u], weight[e], in.items()[i]);
      Rows.add(sums.items()[i], weight[e], in.users()[u]);
      userPull[u] += p;
      itemPull[i] += p;
      userPush[u] -= q;
      itemPush[i] -= q;
    }
    for (int u = 0; u < g.users(); u++) {
      double[] z = unit.users()[u];
      if (cold[u]) {
        userPull[u] = options.alpha() - bNeg[u];
      }
      if (options.negative()) {
        Rows.addProduct(sums.users()[u], shareNeg[u], z, items.outer);
        Rows.add(sums.users()[u], -c[u] * shareNeg[u], items.value);
        userPush[u] += (Rows.dot(z, items.unit) - g.items() * c[u]) * shareNeg[u];
      }
    }
    if (options.negative()) {
      for (int i = 0; i < g.items(); i++) {
        double[] v = unit.items()[i];
        Rows.addProduct(sums.items()[i], 1, v, users.outer);
        Rows.add(sums.items()[i], -1, users.value);
        itemPush[i] += Rows.dot(v, users.unit) - users.shift;
      }
    }
    userBlend = new RankformerBlend(options, in.users(), sums.users(), userPull, userPush);
    itemBlend = new RankformerBlend(options, in.items(), sums.items(), itemPull, itemPush);
  }

  @Override
  public Final backward(Final gradOut) {
    RankformerBlend.Backward ofUsers = userBlend.backward(gradOut.users());
    RankformerBlend.Backward ofItems = itemBlend.backward(gradOut.items());
    Final gradX = new Final(ofUsers.x(), ofItems.x());
    Final gradZ = new Final(Rows.zeros(in.users()), Rows.zeros(in.items()));
    double[] gradS = new double[g.size()];
    double[] gradC = new double[g.users()];
    double[] gradB = new double[g.users()];
    for (int e = 0; e < g.size(); e++) {
      int u = g.user()[e];
      int i = g.item()[e];
      double gradW =
          Rows.dot(ofUsers.sum()[u], in.items()[i]) + Rows.dot(in.users()[u], ofItems.sum()[i]);
      double gradP = (gradW + ofUsers.pull()[u] + ofItems.pull()[i]) / dPos[u];
      double gradQ =
          options.negative() ? -(gradW + ofUsers.push()[u] + ofItems.push()[i]) * shareNeg[u] : 0;
      gradS[e] = gradP + gradQ;
      gradB[u] -= gradP;
      gradC[u] -= gradQ;
    }
    if (options.negative()) {
      allPairsBackward(ofUsers, ofItems, gradX, gradZ, gradC);
    }
    if (options.benchmark()) {
      benchmarkBackward(ofUsers, gradZ, gradS, gradC, gradB);
    }
    for (int e = 0; e < g.size(); e++) {
      int u = g.user()[e];
      int i = g.item()[e];
      Rows.add(gradX.users()[u], weight[e], ofItems.sum()[i]);
      Rows.add(gradX.items()[i], weight[e], ofUsers.sum()[u]);
      Rows.add(gradZ.users()[u], gradS[e], unit.items()[i]);
      Rows.add(gradZ.items()[i], gradS[e], unit.users()[u]);
    }
    Rows.add(gradX.users(), 1, Rows.unitBackward(in.users(), gradZ.users()));
    Rows.add(gradX.items(), 1, Rows.unitBackward(in.items(), gradZ.items()));
    return gradX;
  }

  /** The terms over all pairs, but for those that come through b- (whose gradient is not known). */
  private void allPairsBackward(
      RankformerBlend.Backward ofUsers,
      RankformerBlend.Backward ofItems,
      Final gradX,
      Final gradZ,
      double[] gradC) {
    // sT and T.
    PairSums gradUserSums = new PairSums(unit.items(), ofItems.sum(), ones, ones);
    double[] gradH = new double[items.unit.length];
    double gradShift = 0;
    for (int i = 0; i < g.items(); i++) {
      Rows.add(gradH, ofItems.push()[i], unit.items()[i]);
      gradShift -= ofItems.push()[i];
    }
    // -gsY and R.
    PairSums gradItemSums = new PairSums(unit.users(), ofUsers.sum(), shareNeg, c);
    double[] gradSumV = new double[items.unit.length];
    for (int u = 0; u < g.users(); u++) {
      double[] x = in.users()[u];
      double[] z = unit.users()[u];
      double[] r = ofUsers.sum()[u];
      double share = shareNeg[u];
      double push = ofUsers.push()[u];
      Rows.addProduct(gradZ.users()[u], share, items.outer, r);
      Rows.addProduct(gradZ.users()[u], share, gradUserSums.outer, x);
      Rows.add(gradZ.users()[u], share * push, items.unit);
      Rows.add(gradZ.users()[u], share, gradH);
      Rows.addProduct(gradX.users()[u], share, z, gradUserSums.outer);
      Rows.add(gradX.users()[u], -share * c[u], gradUserSums.value);
      gradC[u] -= share * Rows.dot(r, items.value);
      gradC[u] -= share * Rows.dot(x, gradUserSums.value);
      gradC[u] += share * (gradShift - g.items() * push);
      Rows.add(gradSumV, share * push, z);
    }
    for (int i = 0; i < g.items(); i++) {
      double[] v = unit.items()[i];
      Rows.addProduct(gradZ.items()[i], 1, gradItemSums.outer, in.items()[i]);
      Rows.addProduct(gradZ.items()[i], 1, users.outer, ofItems.sum()[i]);
      Rows.add(gradZ.items()[i], ofItems.push()[i], users.unit);
      Rows.add(gradZ.items()[i], 1, gradSumV);
      Rows.addProduct(gradX.items()[i], 1, v, gradItemSums.outer);
      Rows.add(gradX.items()[i], -1, gradItemSums.value);
    }
  }

  private void benchmarkBackward(
      RankformerBlend.Backward ofUsers,
      Final gradZ,
      double[] gradS,
      double[] gradC,
      double[] gradB) {
    double[] gradSumV = new double[items.unit.length];
    for (int u = 0; u < g.users(); u++) {
      if (cold[u]) {
        gradB[u] = -ofUsers.pull()[u];
      }
      Rows.add(gradZ.users()[u], gradB[u] * shareNeg[u], items.unit);
      Rows.add(gradSumV, gradB[u] * shareNeg[u], unit.users()[u]);
    }
    for (int i = 0; i < g.items(); i++) {
      Rows.add(gradZ.items()[i], 1, gradSumV);
    }
    for (int e = 0; e < g.size(); e++) {
      int u = g.user()[e];
      gradS[e] += gradC[u] / dPos[u] - gradB[u] * shareNeg[u];
    }
  }
}

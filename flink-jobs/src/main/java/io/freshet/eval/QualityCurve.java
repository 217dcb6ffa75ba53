// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * Prequential quality along a stream whose length is not known beforehand, in bounded memory.
 *
 * <p>Tested events fill bins in order. When the bins run out, neighbours are merged and bins hold
 * twice as many events, so a long stream ends with between 1024 and 2048 bins and the border of a
 * tenth is off by at most a thousandth of the stream. Outcomes must be added in stream order; two
 * models fed the same tested events have the same borders.
 */
public final class QualityCurve {
  private static final int MAX_BINS = 2048;
  private static final int PARTS = 10;

  private final List<QualityTotals> bins = new ArrayList<>();
  private final QualityTotals total = new QualityTotals();
  private long binWidth = 1;
  private long inLastBin;

  /** Counts one tested event; see {@link QualityTotals#add(int, boolean)}. */
  public void add(int rank, boolean isWarm) {
    if (bins.isEmpty() || inLastBin == binWidth) {
      openBin();
    }
    bins.get(bins.size() - 1).add(rank, isWarm);
    total.add(rank, isWarm);
    inLastBin++;
  }

  private void openBin() {
    if (bins.size() == MAX_BINS) {
      for (int i = 0; i < MAX_BINS / 2; i++) {
        QualityTotals merged = bins.get(2 * i);
        merged.add(bins.get(2 * i + 1));
        bins.set(i, merged);
      }
      bins.subList(MAX_BINS / 2, MAX_BINS).clear();
      binWidth *= 2;
    }
    bins.add(new QualityTotals());
    inLastBin = 0;
  }

  /** The whole stream so far. */
  public QualityTotals total() {
    return total;
  }

  /** Ten consecutive parts with the same number of tested events; they add up to the total. */
  public List<QualityTotals> tenths() {
    List<QualityTotals> parts = new ArrayList<>(PARTS);
    for (int part = 0; part < PARTS; part++) {
      parts.add(new QualityTotals());
    }
    for (int bin = 0; bin < bins.size(); bin++) {
      parts.get((int) ((long) bin * PARTS / bins.size())).add(bins.get(bin));
    }
    return parts;
  }
}

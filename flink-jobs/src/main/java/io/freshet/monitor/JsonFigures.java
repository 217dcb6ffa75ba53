// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Figures as the page gets them: null for NaN, five digits for the others. */
final class JsonFigures {
  private static final MathContext DIGITS = new MathContext(5);
  private static final double EXACT = 1e5;

  private JsonFigures() {}

  static void put(ObjectNode node, String field, double value) {
    if (Double.isFinite(value)) {
      node.put(field, rounded(value));
    } else {
      node.putNull(field);
    }
  }

  private static void add(ArrayNode node, double value) {
    if (Double.isFinite(value)) {
      node.add(rounded(value));
    } else {
      node.addNull();
    }
  }

  private static double rounded(double value) {
    return Math.abs(value) >= EXACT
        ? Math.rint(value)
        : new BigDecimal(value).round(DIGITS).doubleValue();
  }

  static void put(ObjectNode node, String field, double[] values) {
    ArrayNode array = node.putArray(field);
    for (double value : values) {
      add(array, value);
    }
  }

  /** Points as columns: {@code t} in milliseconds, and one array for each name. */
  static void putSeries(ObjectNode parent, List<Series.Point> points, String... names) {
    ObjectNode node = parent.putObject("series");
    ArrayNode times = node.putArray("t");
    for (Series.Point point : points) {
      times.add(point.time());
    }
    for (int column = 0; column < names.length; column++) {
      ArrayNode values = node.putArray(names[column]);
      for (Series.Point point : points) {
        add(values, point.values()[column]);
      }
    }
  }
}

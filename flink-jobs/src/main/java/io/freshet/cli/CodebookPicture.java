// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.schema.CodebookAlarm;
import io.freshet.schema.CodebookDrift;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Codebooks along a stream, one chart a figure over the re-fits, one line a level; an alarm is a
 * red mark where it was raised, on the line that it is about.
 */
final class CodebookPicture {
  private static final int WIDTH = 960;
  private static final int CHART_HEIGHT = 250;

  /** Points of a line at most; of more, evenly spaced ones are drawn. */
  private static final int MOST_POINTS = 400;

  private static final Color[] COLOURS = {
    new Color(0x1f77b4), new Color(0xff7f0e), new Color(0x2ca02c), new Color(0x9467bd)
  };

  /** A chart of the picture; its name is that of the alarms on it, where there are any. */
  private record Figure(
      String title, String metric, boolean byLevel, ToDoubleFunction<CodebookDrift.Figures> of) {}

  private static final List<Figure> FIGURES =
      List.of(
          new Figure("perplexity", "perplexity", true, CodebookDrift.Figures::perplexity),
          new Figure("error", "error", true, CodebookDrift.Figures::error),
          new Figure("changed", "changed", true, CodebookDrift.Figures::changed),
          new Figure(
              "effective rank", "effective_rank", false, CodebookDrift.Figures::effectiveRank));

  private final List<XYChart> charts = new ArrayList<>();

  private CodebookPicture() {}

  /**
   * Charts of re-fits.
   *
   * @param title what was streamed
   * @param refits in order, at least one; each the whole path first, then level by level
   */
  static CodebookPicture of(String title, List<List<CodebookDrift>> refits) {
    CodebookPicture picture = new CodebookPicture();
    for (Figure figure : FIGURES) {
      String heading = figure.title() + (picture.charts.isEmpty() ? " (" + title + ")" : "");
      picture.charts.add(chart(heading, figure, refits));
    }
    return picture;
  }

  private static XYChart chart(String heading, Figure figure, List<List<CodebookDrift>> refits) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(CHART_HEIGHT)
            .title(heading)
            .xAxisTitle("re-fit")
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setYAxisMin(0.0);
    int levels = refits.get(0).size() - 1;
    for (int level = figure.byLevel() ? 1 : 0; level <= (figure.byLevel() ? levels : 0); level++) {
      add(chart, figure, level, refits);
    }
    return chart;
  }

  private static void add(
      XYChart chart, Figure figure, int level, List<List<CodebookDrift>> refits) {
    int step = Math.max(1, (refits.size() + MOST_POINTS - 1) / MOST_POINTS);
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    List<Double> alarmX = new ArrayList<>();
    List<Double> alarmY = new ArrayList<>();
    Set<Long> known = new HashSet<>();
    for (int r = 0; r < refits.size(); r++) {
      CodebookDrift drift = refits.get(r).get(level);
      double value = figure.of().applyAsDouble(drift.figures());
      if (r % step == 0) {
        x.add(r + 1.0);
        y.add(value);
      }
      for (CodebookAlarm alarm : drift.alarms()) {
        if (alarm.metric().equals(figure.metric())
            && alarm.level() == level
            && known.add(alarm.since())) {
          alarmX.add(r + 1.0);
          alarmY.add(value);
        }
      }
    }
    Color colour = COLOURS[level % COLOURS.length];
    String name = level == 0 ? figure.title() : "level " + level;
    XYSeries line = chart.addSeries(name, x, y);
    line.setMarker(SeriesMarkers.NONE);
    line.setLineColor(colour);
    line.setLineWidth(1.3f);
    if (!alarmX.isEmpty()) {
      XYSeries alarms = chart.addSeries("alarm, " + name, alarmX, alarmY);
      alarms.setLineStyle(new BasicStroke(0));
      alarms.setLineColor(new Color(0, true));
      alarms.setMarker(SeriesMarkers.DIAMOND);
      alarms.setMarkerColor(Color.RED);
    }
  }

  /** Draws a file in the format that its name ends in; see {@link ChartFile#canWrite}. */
  void write(Path file) throws IOException {
    new ChartFile(WIDTH, CHART_HEIGHT * charts.size(), this::paint).write(file);
  }

  private void paint(Graphics2D graphics) {
    for (XYChart chart : charts) {
      chart.paint(graphics, WIDTH, CHART_HEIGHT);
      graphics.translate(0, CHART_HEIGHT);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.eval.split.CurvePoint;
import io.freshet.eval.split.SplitResult;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Learning curves: validation over epochs, the loss on an axis of its own at the right. */
final class CurvePicture {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 540;
  private static final int LOSS_AXIS = 1;

  private final XYChart chart;

  private CurvePicture(XYChart chart) {
    this.chart = chart;
  }

  /** The curves of all seeds in one picture; there must be at least one. */
  static CurvePicture of(List<SplitResult> results) {
    SplitResult first = results.get(0);
    String measure = "NDCG@" + first.valid().k();
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(first.name())
            .xAxisTitle("epoch")
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    chart.setYAxisGroupTitle(0, "validation " + measure);
    chart.setYAxisGroupTitle(LOSS_AXIS, "loss");
    chart.getStyler().setYAxisGroupPosition(LOSS_AXIS, Styler.YAxisPosition.Right);
    for (SplitResult result : results) {
      add(chart, result, measure + ", seed " + result.seed(), p -> p.valid().ndcg());
      XYSeries loss = add(chart, result, "loss, seed " + result.seed(), CurvePoint::loss);
      loss.setYAxisGroup(LOSS_AXIS);
      loss.setLineStyle(
          new BasicStroke(
              1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {4f, 4f}, 0f));
    }
    return new CurvePicture(chart);
  }

  private static XYSeries add(
      XYChart chart, SplitResult result, String name, ToDoubleFunction<CurvePoint> value) {
    // The loss of a run that diverged is no number, which an axis cannot hold.
    List<CurvePoint> points =
        result.curve().stream().filter(p -> Double.isFinite(p.loss())).toList();
    XYSeries series =
        points.isEmpty()
            ? chart.addSeries(name, new double[] {0}, new double[] {0})
            : chart.addSeries(
                name,
                points.stream().mapToDouble(CurvePoint::epoch).toArray(),
                points.stream().mapToDouble(value).toArray());
    series.setMarker(points.size() > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    return series;
  }

  /** Draws a file in the format that its name ends in. */
  void write(Path file) throws IOException {
    new ChartFile(WIDTH, HEIGHT, graphics -> chart.paint(graphics, WIDTH, HEIGHT)).write(file);
  }
}

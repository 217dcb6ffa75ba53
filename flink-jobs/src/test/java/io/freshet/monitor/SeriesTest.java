// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void theNewestPointsStayAsTheyCame() {
    Series series = new Series(4, Series.Merge.MEAN);
    for (int i = 1; i <= 100; i++) {
      series.add(i, 10.0 * i);
    }

    List<Series.Point> points = series.points();

    assertThat(points.subList(points.size() - 4, points.size()))
        .extracting(Series.Point::time)
        .containsExactly(97L, 98L, 99L, 100L);
    assertThat(points.get(points.size() - 1).values()).containsExactly(1000);
  }

  @Test
  void pointsGetFewWithTimeAndStillStandForAll() {
    Series series = new Series(64, Series.Merge.MEAN);
    int count = 86_400;
    for (int i = 1; i <= count; i++) {
      series.add(i, 1);
    }

    List<Series.Point> points = series.points();

    assertThat(points).hasSizeLessThan(65 * 12);
    assertThat(points.stream().mapToLong(Series.Point::weight).sum()).isEqualTo(count);
    assertThat(points).extracting(Series.Point::time).isSorted().doesNotHaveDuplicates();
    for (Series.Point point : points) {
      double age = count - point.time() + 1;
      assertThat(point.weight()).isLessThanOrEqualTo((long) Math.max(1, 2 * age / 64));
    }
  }

  @Test
  void whatIsOlderThanAllAgesIsLetGo() {
    Series series = new Series(1, Series.Merge.MEAN);
    for (int i = 1; i <= 200_000; i++) {
      series.add(i, 1);
    }

    assertThat(series.points()).hasSizeLessThanOrEqualTo(2 * 14);
    assertThat(series.points().get(0).time()).isGreaterThan(100_000);
  }

  @Test
  void aMeanIsWeightedAndAPeakStays() {
    Series series = new Series(1, Series.Merge.MEAN, Series.Merge.MAX);
    double[] values = {9, 1, 2, 4, 8, 0, 0};
    for (int i = 0; i < values.length; i++) {
      series.add(i + 1, values[i], values[i]);
    }

    double mean = 0;
    double peak = 0;
    for (Series.Point point : series.points()) {
      mean += point.weight() * point.values()[0];
      peak = Math.max(peak, point.values()[1]);
    }
    assertThat(mean).isEqualTo(24);
    assertThat(peak).isEqualTo(9);
    assertThat(series.points()).hasSizeLessThan(values.length);
  }

  @Test
  void whatWasNotMeasuredDoesNotCount() {
    Series series = new Series(1, Series.Merge.MEAN);
    series.add(1, Double.NaN);
    series.add(2, 6);
    series.add(3, 1);

    assertThat(series.points().get(0).values()).containsExactly(6);
    assertThat(series.points().get(0).weight()).isEqualTo(2);
  }

  @Test
  void olderPointsFindTheirPlaceAmongThoseOfTheirAge() {
    Series series = new Series(8, Series.Merge.MEAN);
    for (int i = 2; i <= 200; i += 2) {
      series.insert(i, 1);
    }
    for (int i = 1; i < 200; i += 2) {
      assertThat(series.insert(i, 3)).as("point %d", i).isTrue();
    }

    List<Series.Point> points = series.points();
    assertThat(points).extracting(Series.Point::time).isSorted().doesNotHaveDuplicates();
    assertThat(points.stream().mapToLong(Series.Point::weight).sum()).isEqualTo(200);
    assertThat(points.stream().mapToDouble(point -> point.weight() * point.values()[0]).sum())
        .isCloseTo(400, within(1e-9));
    assertThat(points.get(points.size() - 2).time()).isEqualTo(199);
    assertThat(series.insert(199, 3)).as("a repeat").isFalse();
  }

  @Test
  void aPointThatIsNotLaterIsARepeat() {
    Series series = new Series(4, Series.Merge.MEAN);

    assertThat(series.add(5, 1)).isTrue();
    assertThat(series.add(5, 2)).isFalse();
    assertThat(series.add(4, 2)).isFalse();
    assertThat(series.points()).singleElement();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Figures over time that get coarser with age: the newest {@code width} points are as they came,
 * the next {@code width} stand for two each, the next for four, and so on. So n points take {@code
 * width * log2(n / width)} places, and a point is never more than about 1 / {@code width} of its
 * age away from what it stands for. Points beyond {@value #AGES} doublings are let go.
 */
final class Series {
  /** Doublings that are kept: with 64 points each and one a second, 12 days. */
  private static final int AGES = 14;

  /** What becomes of a column when two points become one. */
  enum Merge {
    /** The mean, weighted by how many points each stands for. */
    MEAN {
      @Override
      double of(double older, long olderWeight, double newer, long newerWeight) {
        return (older * olderWeight + newer * newerWeight) / (olderWeight + newerWeight);
      }
    },
    /** The larger: a peak stays a peak. */
    MAX {
      @Override
      double of(double older, long olderWeight, double newer, long newerWeight) {
        return Math.max(older, newer);
      }
    };

    abstract double of(double older, long olderWeight, double newer, long newerWeight);
  }

  /**
   * A point.
   *
   * @param time of the newest that it stands for, milliseconds
   * @param weight how many it stands for
   * @param values by column; NaN where nothing was measured
   */
  record Point(long time, long weight, double[] values) {}

  private final int width;
  private final Merge[] columns;
  // By age: the first is the newest. Within an age the oldest comes first.
  private final List<Deque<Point>> ages = new ArrayList<>();

  Series(int width, Merge... columns) {
    this.width = width;
    this.columns = columns;
  }

  /**
   * Adds a point.
   *
   * @return whether it was: one that is not later than the last is a repeat
   */
  boolean add(long time, double... values) {
    return (isEmpty() || time > lastTime()) && insert(time, values);
  }

  /**
   * Adds a point that may be older than others, among those of its age.
   *
   * @return whether it was: one of the very time of another is a repeat
   */
  boolean insert(long time, double... values) {
    int age = 0;
    while (age < ages.size() - 1 && time < ages.get(age).getFirst().time) {
      age++;
    }
    if (isEmpty()) {
      ages.add(new ArrayDeque<>());
    }
    Deque<Point> newer = new ArrayDeque<>();
    Deque<Point> points = ages.get(age);
    while (!points.isEmpty() && points.getLast().time > time) {
      newer.addFirst(points.pollLast());
    }
    boolean repeat = !points.isEmpty() && points.getLast().time == time;
    if (!repeat) {
      points.addLast(new Point(time, 1, values));
    }
    points.addAll(newer);
    mergeOldest(age);
    return !repeat;
  }

  /** Merges the oldest two of an age that has too many, which makes one more of the next. */
  private void mergeOldest(int from) {
    for (int age = from; age < ages.size() && ages.get(age).size() > width + 1; age++) {
      Deque<Point> points = ages.get(age);
      Point merged = merge(points.pollFirst(), points.pollFirst());
      if (age + 1 < AGES) {
        if (age + 1 == ages.size()) {
          ages.add(new ArrayDeque<>());
        }
        ages.get(age + 1).addLast(merged);
      }
    }
  }

  private Point merge(Point older, Point newer) {
    double[] values = new double[columns.length];
    for (int column = 0; column < values.length; column++) {
      double a = older.values[column];
      double b = newer.values[column];
      if (Double.isNaN(a) || Double.isNaN(b)) {
        values[column] = Double.isNaN(a) ? b : a;
      } else {
        values[column] = columns[column].of(a, older.weight, b, newer.weight);
      }
    }
    return new Point(newer.time, older.weight + newer.weight, values);
  }

  boolean isEmpty() {
    return ages.isEmpty();
  }

  private long lastTime() {
    return ages.get(0).getLast().time;
  }

  /** All points, the oldest first. */
  List<Point> points() {
    List<Point> all = new ArrayList<>();
    for (int age = ages.size() - 1; age >= 0; age--) {
      all.addAll(ages.get(age));
    }
    return all;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.replay.EventFile;
import io.freshet.connect.replay.EventStream;
import io.freshet.connect.replay.GeneratedTraffic;
import io.freshet.connect.replay.Limited;
import io.freshet.connect.replay.TrafficOptions;
import io.freshet.schema.Interaction;
import java.io.IOException;
import java.time.Duration;

/** What a benchmark of the stream sends. */
final class BenchLoad {
  private static final Duration PAST = Duration.ofDays(30);
  private static final double RECORDED_RATE = 1000;

  private final EventFile file;
  private final EventFile.Summary summary;
  private final int users;
  private final int items;
  private final long count;

  private BenchLoad(EventFile file, EventFile.Summary summary, int users, int items, long count) {
    this.file = file;
    this.summary = summary;
    this.users = users;
    this.items = items;
    this.count = count;
  }

  static BenchLoad generated(int users, int items, int count) {
    return new BenchLoad(null, null, users, items, count);
  }

  static BenchLoad file(EventFile file, int users, int items) throws IOException {
    EventFile.Summary summary = file.summarize();
    return new BenchLoad(file, summary, users, items, summary.events());
  }

  long count() {
    return count;
  }

  String description() {
    return file == null
        ? "generated, "
            + Text.count(users)
            + " users, "
            + Text.count(items)
            + " items, "
            + Text.count(count)
            + " events"
        : file.path().getFileName() + ", " + Text.count(count) + " events";
  }

  /** The scale of the file's ratings; null when there is nothing to say. */
  Float ratingScale() {
    return summary == null ? null : RatingScale.of(summary.largestRating());
  }

  /** The events of the flat-out part, all of the past. */
  EventStream flatOut() throws IOException {
    return file == null
        ? new Limited(
            new GeneratedTraffic(
                options(System.currentTimeMillis() - PAST.toMillis(), RECORDED_RATE)),
            count)
        : file.open();
  }

  /**
   * Live events, each with the time at which it is due: generated traffic goes on where the
   * flat-out part ended, a file's events come again as new ones.
   */
  EventStream live(double eventsPerSecond, long events) throws IOException {
    long now = System.currentTimeMillis();
    return new Limited(
        file == null ? later(now, eventsPerSecond) : new Again(file, now, eventsPerSecond), events);
  }

  private GeneratedTraffic later(long now, double eventsPerSecond) {
    long before = (long) (count * 1000 / eventsPerSecond);
    GeneratedTraffic traffic = new GeneratedTraffic(options(now - before, eventsPerSecond));
    for (long i = 0; i < count; i++) {
      traffic.next();
    }
    return traffic;
  }

  private TrafficOptions options(long start, double eventsPerSecond) {
    return TrafficOptions.startingAt(start)
        .withUsers(users)
        .withItems(items)
        .withEventsPerSecond(eventsPerSecond);
  }

  /** A file's events over and over, at a steady rate from now on. */
  private static final class Again implements EventStream {
    private final EventFile file;
    private final long start;
    private final double eventsPerSecond;
    private EventStream events;
    private long count;

    Again(EventFile file, long start, double eventsPerSecond) throws IOException {
      this.file = file;
      this.start = start;
      this.eventsPerSecond = eventsPerSecond;
      events = file.open();
    }

    @Override
    public Interaction next() throws IOException {
      Interaction event = events.next();
      if (event == null) {
        events.close();
        events = file.open();
        event = events.next();
      }
      long due = start + (long) (count * 1000 / eventsPerSecond);
      return new Interaction(
          "live-" + count++,
          event.userId(),
          event.itemId(),
          event.eventType(),
          due,
          event.value(),
          event.requestId(),
          event.context());
    }

    @Override
    public void close() throws IOException {
      events.close();
    }
  }
}

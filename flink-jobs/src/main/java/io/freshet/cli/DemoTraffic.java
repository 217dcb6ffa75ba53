// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.replay.EventFile;
import io.freshet.connect.replay.EventStream;
import io.freshet.connect.replay.TrafficOptions;
import java.nio.file.Path;

/**
 * What a demo streams.
 *
 * @param description for a person
 * @param stream the events
 * @param total how many there are; {@link Long#MAX_VALUE} when they never end
 * @param driftTime event time at which all tastes swap, milliseconds; {@link Long#MAX_VALUE} when
 *     that is not known
 * @param live whether event time is the clock's, so that a list's age means something
 * @param ratingScale the best rating; null without ratings
 */
record DemoTraffic(
    String description,
    EventStream stream,
    long total,
    long driftTime,
    boolean live,
    Float ratingScale) {

  static DemoTraffic file(Path path, EventStream stream, EventFile.Summary summary) {
    return new DemoTraffic(
        Text.count(summary.events())
            + " of "
            + path
            + ", "
            + Text.count(summary.users())
            + " users, "
            + Text.count(summary.items())
            + " items",
        stream,
        summary.events(),
        Long.MAX_VALUE,
        false,
        RatingScale.of(summary.largestRating()));
  }

  static DemoTraffic generated(TrafficOptions options, EventStream stream, boolean live) {
    long driftTime =
        options.driftAt() == TrafficOptions.NO_DRIFT
            ? Long.MAX_VALUE
            : options.startTime() + (long) (options.driftAt() * 1000.0 / options.eventsPerSecond());
    return new DemoTraffic(
        "generated: "
            + Text.count(options.users())
            + " users in "
            + options.groups()
            + " taste groups, "
            + Text.count(options.items())
            + " items",
        stream,
        Long.MAX_VALUE,
        driftTime,
        live,
        null);
  }
}

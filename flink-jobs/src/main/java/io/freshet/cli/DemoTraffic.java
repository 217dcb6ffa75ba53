// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.replay.EventFile;
import io.freshet.connect.replay.EventStream;
import io.freshet.connect.replay.TrafficOptions;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * What a demo streams.
 *
 * @param description for a person
 * @param stream the events
 * @param driftTime event time at which all tastes swap, milliseconds; {@link Long#MAX_VALUE} when
 *     that is not known
 */
record DemoTraffic(String description, EventStream stream, LongSupplier driftTime) {

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
        () -> Long.MAX_VALUE);
  }

  static DemoTraffic generated(TrafficOptions options, LiveTraffic stream) {
    return new DemoTraffic(
        "generated: "
            + Text.count(options.users())
            + " users in "
            + options.groups()
            + " taste groups, "
            + Text.count(options.items())
            + " items",
        stream,
        stream::driftTime);
  }
}

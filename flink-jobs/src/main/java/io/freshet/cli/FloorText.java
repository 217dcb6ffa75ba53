// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.bench.Floor;
import java.util.Locale;

/** The machine's rates in one line. */
final class FloorText {
  private FloorText() {}

  static String of(Floor floor) {
    return String.format(
        Locale.ROOT,
        "  copying %.1f GB/s; reading a row of an item %.1f ns, of a user %.1f ns, at random %.1f"
            + " ns; dense product in cache %.1f GFLOP/s",
        floor.copyGigabytes(),
        floor.itemRowNanos(),
        floor.userRowNanos(),
        floor.randomRowNanos(),
        floor.gigaflops());
  }
}

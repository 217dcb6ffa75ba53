// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.replay.Replay;
import picocli.CommandLine.Option;

/** How fast events are sent; one of three ways. */
final class Pace {
  @Option(names = "--rate", paramLabel = "N", description = "Events per second.")
  private Double rate;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "As recorded, X times as fast: 60 makes an hour a minute.")
  private Double speed;

  @Option(names = "--flat-out", description = "As fast as it goes.")
  private boolean flatOut;

  static Pace of(double rate) {
    Pace pace = new Pace();
    pace.rate = rate;
    return pace;
  }

  /** Events per second, or null when that is not how it is paced. */
  Double rate() {
    return rate;
  }

  /** Whether nothing paces it: neither a rate nor the recorded times. */
  boolean isFlatOut() {
    return rate == null && speed == null;
  }

  Replay replay() {
    if (rate != null) {
      return Replay.atRate(rate);
    }
    return speed != null ? Replay.atRecordedSpeed(speed) : Replay.flatOut();
  }

  @Override
  public String toString() {
    if (rate != null) {
      return "at " + Text.count(Math.round(rate)) + " events/s";
    }
    return speed != null ? "at " + Text.number(speed) + " times the recorded speed" : "flat out";
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.replay.TrafficOptions;
import java.util.Locale;

/** What changes in generated traffic, at an event that is known. */
enum PlantedDrift {
  /** The groups' tastes swap. */
  SWAP,
  /** A group appears, with a taste and items that nobody had. */
  APPEAR,
  /** A group dies. */
  DIE,
  /** Nothing. */
  NONE;

  TrafficOptions in(TrafficOptions traffic, long at) {
    return switch (this) {
      case SWAP -> traffic.withDriftAt(at);
      case APPEAR -> traffic.withGroupBornAt(at);
      case DIE -> traffic.withGroupDiesAt(at);
      case NONE -> traffic;
    };
  }

  /** As a person writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

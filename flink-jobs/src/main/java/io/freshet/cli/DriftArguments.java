// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.replay.TrafficOptions;
import io.freshet.eval.drift.DriftPlan;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which traffic {@code evaluate drift} streams, and how often. */
final class DriftArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "What changes: swap (all groups' tastes), appear or die (a group), none (default"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "swap")
  private PlantedDrift kind;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Generated events, 100 a second of event time (default ${DEFAULT-VALUE}).",
      converter = CountConverter.class,
      defaultValue = "240k")
  private int events;

  @Option(
      names = "--drift-at",
      paramLabel = "N",
      description = "The event, from 0, with which it changes; the middle one without it.",
      converter = CountConverter.class)
  private Integer driftAt;

  @Option(
      names = "--span",
      paramLabel = "N",
      description = "Events over which recall is taken (default ${DEFAULT-VALUE}).",
      converter = CountConverter.class,
      defaultValue = "5000")
  private int span;

  @Option(
      names = "--recovered-within",
      paramLabel = "SHARE",
      description =
          "How much of its recall before the drift a span may lack and count as recovered"
              + " (default ${DEFAULT-VALUE}).",
      defaultValue = "0.05")
  private double recoveredWithin;

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Generated users (default ${DEFAULT-VALUE}).",
      converter = CountConverter.class,
      defaultValue = "5000")
  private int users;

  @Option(
      names = "--items",
      paramLabel = "N",
      description = "Generated items (default ${DEFAULT-VALUE}).",
      converter = CountConverter.class,
      defaultValue = "10000")
  private int items;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Runs with seeds 1 to N (default ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private int seeds;

  @Option(
      names = "--frozen",
      description = "Also runs with books that stand still from the drift on, for comparison.")
  private boolean frozenToo;

  void check() {
    if (seeds < 1) {
      throw fault("--seeds must be 1 or more, not " + seeds);
    }
    if (kind == PlantedDrift.NONE && (driftAt != null || frozenToo)) {
      throw fault("--kind none has no drift for --drift-at and --frozen");
    }
    if (driftAt() > events || driftAt() < 1) {
      throw fault("--drift-at must be from 1 to the number of events, not " + driftAt());
    }
    if (recoveredWithin < 0 || recoveredWithin >= 1) {
      throw fault("--recovered-within must be from 0 to less than 1, not " + recoveredWithin);
    }
  }

  private CommandLine.ParameterException fault(String text) {
    return new CommandLine.ParameterException(spec.commandLine(), text);
  }

  TrafficOptions options(long startTime, long seed) {
    return kind.in(
        TrafficOptions.startingAt(startTime).withUsers(users).withItems(items).withSeed(seed),
        driftAt());
  }

  DriftPlan plan() {
    return new DriftPlan(kind.toString(), events, driftAt(), span, recoveredWithin);
  }

  /** Beyond the last event where nothing changes. */
  private long driftAt() {
    if (kind == PlantedDrift.NONE) {
      return events;
    }
    return driftAt == null ? events / 2 : driftAt;
  }

  int seeds() {
    return seeds;
  }

  boolean isFrozenToo() {
    return frozenToo;
  }
}

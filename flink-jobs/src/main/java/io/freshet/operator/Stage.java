// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import java.util.Locale;

/** The stages of a learner's mini-step, in order; each tells its CPU time by a counter. */
public enum Stage {
  STATE,
  TEST,
  GRAPH,
  LEARN,
  CODES,
  RANK,
  PUBLISH;

  /** The name that people read. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Name of the counter of nanoseconds; dashboards rely on it. */
  public String metric() {
    return "stage-" + title() + "-cpu-nanos";
  }
}

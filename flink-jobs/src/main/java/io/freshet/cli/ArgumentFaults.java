// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with the arguments of a command, all of it. An argument not given is right. */
final class ArgumentFaults {
  private final List<String> faults = new ArrayList<>();

  void add(String fault) {
    faults.add(fault);
  }

  void atLeast(String name, int least, Integer value) {
    if (value != null && value < least) {
      add(name + " must be " + least + " or more, not " + value);
    }
  }

  void positive(String name, Double value) {
    if (value != null && !(value > 0 && Double.isFinite(value))) {
      add(name + " must be above 0, not " + value);
    }
  }

  void notNegative(String name, Double value) {
    if (value != null && !(value >= 0 && Double.isFinite(value))) {
      add(name + " must be 0 or more, not " + value);
    }
  }

  /** An argument that belongs to something else. */
  void onlyIf(boolean has, String name, Object value, Object owner) {
    if (value != null && !has) {
      add(name + " is nothing that " + owner + " has");
    }
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  /** The faults in one line. */
  @Override
  public String toString() {
    return String.join("; ", faults);
  }
}

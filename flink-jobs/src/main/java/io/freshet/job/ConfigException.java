// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.util.List;

/**
 * A configuration that cannot be used, by itself or with its brokers and topics; holds every fault
 * that was found, not the first alone.
 */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final List<String> faults;

  /**
   * @param faults one sentence each, naming the option, what it is and what it may be
   */
  public ConfigException(List<String> faults) {
    super(message(faults));
    this.faults = List.copyOf(faults);
  }

  /** One sentence for each fault. */
  public List<String> faults() {
    return faults;
  }

  private static String message(List<String> faults) {
    return faults.size() == 1
        ? faults.get(0)
        : faults.size() + " faults:\n  - " + String.join("\n  - ", faults);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import java.io.IOException;

/** Files of a split that cannot be used; the message names every fault, or the first of many. */
public final class SplitDataException extends IOException {
  private static final long serialVersionUID = 1L;

  SplitDataException(String faults) {
    super(faults);
  }
}

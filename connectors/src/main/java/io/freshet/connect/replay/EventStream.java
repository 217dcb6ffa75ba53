// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import io.freshet.connect.DataFileException;
import io.freshet.schema.Interaction;
import java.io.Closeable;
import java.io.IOException;

/** Interactions, one after another. For one thread. */
public interface EventStream extends Closeable {

  /**
   * The next interaction; null when there is none left, and then always null.
   *
   * @throws BadEventException if what comes next is not an interaction; the stream goes on after it
   * @throws DataFileException if nothing that comes next can be told apart; the stream ends with it
   * @throws IOException if reading fails
   */
  Interaction next() throws IOException;

  /** The line where what {@link #next} read last begins, from 1; 0 where there are no lines. */
  default long line() {
    return 0;
  }
}

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
   * @throws DataFileException if what comes next is not an interaction; the stream ends with it
   * @throws IOException if reading fails
   */
  Interaction next() throws IOException;
}

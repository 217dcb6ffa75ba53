// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import io.freshet.schema.Interaction;
import java.io.IOException;

/** The first events of a stream. */
public final class Limited implements EventStream {
  private final EventStream stream;
  private long left;

  /**
   * Takes over the stream.
   *
   * @param events how many there are at most
   */
  public Limited(EventStream stream, long events) {
    this.stream = stream;
    this.left = events;
  }

  @Override
  public Interaction next() throws IOException {
    return left-- > 0 ? stream.next() : null;
  }

  @Override
  public long line() {
    return stream.line();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}

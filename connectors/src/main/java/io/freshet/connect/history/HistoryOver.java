// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.history;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader's word that all of the history has been read, and that a completed checkpoint holds
 * this: nothing that can fail makes the job read of it again.
 */
record HistoryOver() implements SourceEvent {
  private static final long serialVersionUID = 1L;
}

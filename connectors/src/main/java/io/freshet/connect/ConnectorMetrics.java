// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.RecordError;
import java.util.Locale;

/** The names of the sources' metrics; dashboards and alerts rely on them. */
public final class ConnectorMetrics {
  /** Records of the interactions or the control topic that could be used. */
  public static final String RECORDS_DECODED = "records-decoded";

  /** Records that could not; one counter for each {@link RecordError}. */
  private static final String RECORDS_REFUSED_PREFIX = "records-refused.";

  /** Rows of the model topic that could not be read, and were skipped. */
  public static final String ROWS_UNREADABLE = "rows-unreadable";

  /** Records of the history that have been read; a restart that goes back takes some off. */
  public static final String HISTORY_RECORDS = "history-records";

  private ConnectorMetrics() {}

  /** The counter of records refused for this reason. */
  public static String recordsRefused(RecordError error) {
    return RECORDS_REFUSED_PREFIX + error.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

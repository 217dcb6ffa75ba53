// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of an evaluation on a split; Jackson writes it in the shape of {@code --json}.
 *
 * @param data the directory
 * @param config what the runs were configured with
 * @param rows one for each seed
 * @param peakRssMb largest resident memory of the process in MiB, null where the system keeps none
 */
public record SplitReport(
    String data,
    Map<String, Object> config,
    List<SplitResult> rows,
    @JsonProperty("peak_rss_mb") Double peakRssMb) {

  public SplitReport {
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    rows = List.copyOf(rows);
  }
}

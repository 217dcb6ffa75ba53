// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of a prequential evaluation; Jackson writes it in the shape of {@code --json}.
 *
 * @param data the stream that was read
 * @param config what the run was configured with
 * @param rows one for each model and seed
 * @param peakRssMb largest resident memory of the process in MiB, null where the system keeps none
 */
public record EvaluationReport(
    String data,
    Map<String, Object> config,
    List<EvaluationRow> rows,
    @JsonProperty("peak_rss_mb") Double peakRssMb) {

  public EvaluationReport {
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    rows = List.copyOf(rows);
  }
}

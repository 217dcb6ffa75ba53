// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One model's result on a stream.
 *
 * @param name the model
 * @param setting the setting it ran with; empty for a model that has one setting only
 * @param seed the seed of its random numbers
 * @param warm metrics over events whose user and item had both been seen before
 * @param all metrics over every tested event
 * @param tenths warm Recall@20 of ten consecutive parts with equally many tested events
 * @param cpu CPU time an event
 */
public record EvaluationRow(
    String name,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String setting,
    long seed,
    RankMetrics warm,
    RankMetrics all,
    List<Double> tenths,
    @JsonProperty("cpu_us") CpuCost cpu) {

  public EvaluationRow {
    tenths = List.copyOf(tenths);
  }

  /** The row of a model whose outcomes were gathered along the stream. */
  public static EvaluationRow of(
      String name, String setting, long seed, QualityCurve curve, CpuCost cpu) {
    List<Double> tenths = curve.tenths().stream().map(part -> part.warm().recall20()).toList();
    return new EvaluationRow(
        name, setting, seed, curve.total().warm(), curve.total().all(), tenths, cpu);
  }
}

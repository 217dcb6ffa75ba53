// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.schema.CodebookDrift;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What the books were like over some re-fits, on average.
 *
 * @param perplexity by level
 * @param error by level
 * @param changed share of users whose path changed
 * @param effectiveRank of the users' vectors
 */
public record BookFigures(
    List<Double> perplexity,
    List<Double> error,
    double changed,
    @JsonProperty("effective_rank") double effectiveRank) {

  /** Reckons; null where there is no re-fit. */
  static BookFigures of(List<List<CodebookDrift>> refits) {
    if (refits.isEmpty()) {
      return null;
    }
    int levels = refits.get(0).size() - 1;
    return new BookFigures(
        byLevel(levels, level -> mean(refits, level, CodebookDrift.Figures::perplexity)),
        byLevel(levels, level -> mean(refits, level, CodebookDrift.Figures::error)),
        mean(refits, 0, CodebookDrift.Figures::changed),
        mean(refits, 0, CodebookDrift.Figures::effectiveRank));
  }

  private static List<Double> byLevel(int levels, IntToDoubleFunction figure) {
    return IntStream.rangeClosed(1, levels).mapToObj(l -> figure.applyAsDouble(l)).toList();
  }

  private static double mean(
      List<List<CodebookDrift>> refits, int level, ToDoubleFunction<CodebookDrift.Figures> figure) {
    return refits.stream()
        .mapToDouble(refit -> figure.applyAsDouble(refit.get(level).figures()))
        .average()
        .orElseThrow();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.drift;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.freshet.schema.CodebookDrift;
import java.util.List;

/**
 * What the books were like at one re-fit.
 *
 * @param event number, from 0, of the latest event that it knew of
 * @param figures of its books
 * @param usage share of the vectors by code, level by level
 */
public record RefitFigures(long event, @JsonUnwrapped BookFigures figures, List<double[]> usage) {

  /** Of a re-fit, the whole path first. */
  static RefitFigures of(List<CodebookDrift> refit, EventNumbers numbers) {
    return new RefitFigures(
        numbers.at(refit.get(0).eventTime()),
        BookFigures.of(List.of(refit)),
        refit.stream().skip(1).map(level -> level.figures().usage()).toList());
  }
}

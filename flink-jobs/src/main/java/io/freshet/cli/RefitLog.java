// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.schema.CodebookDrift;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The re-fits of a run in their order, each with its records of all levels, the whole path first.
 */
final class RefitLog {
  private final RefitRecords records = new RefitRecords();
  private final List<List<CodebookDrift>> refits = new ArrayList<>();

  void add(CodebookDrift drift) {
    List<CodebookDrift> refit = records.add(drift);
    if (refit.size() > 1) {
      refits.add(List.copyOf(refit));
    }
  }

  List<List<CodebookDrift>> refits() {
    return Collections.unmodifiableList(refits);
  }
}

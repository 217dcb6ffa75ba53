// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.schema.CodebookDrift;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the records of one re-fit together: they have keys of their own, so that they may lie in
 * several partitions of the topic and come in any order.
 */
final class RefitRecords {
  /** Re-fits waited for at once; what the topic's retention has torn apart never becomes whole. */
  private static final int MOST = 256;

  /** What the records of one re-fit share. */
  private record Refit(String books, long epoch, long version, long generatedAt) {}

  private final Map<Refit, List<CodebookDrift>> waiting =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Refit, List<CodebookDrift>> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Adds a record.
   *
   * @return the records of its re-fit, the whole path first, if it was the last of them; else none
   */
  List<CodebookDrift> add(CodebookDrift drift) {
    if (drift.outcome() == CodebookDrift.Outcome.REFUSED) {
      return List.of(drift); // it has no levels
    }
    Refit refit = new Refit(drift.books(), drift.epoch(), drift.version(), drift.generatedAt());
    List<CodebookDrift> known = waiting.computeIfAbsent(refit, key -> new ArrayList<>());
    known.removeIf(other -> other.level() == drift.level());
    known.add(drift);
    if (known.size() <= drift.levels()) {
      return List.of();
    }
    waiting.remove(refit);
    known.sort(Comparator.comparingInt(CodebookDrift::level));
    return known;
  }
}

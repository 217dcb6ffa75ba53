// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.schema.CodebookDrift;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The versions of the codebooks that a job keeps, by what its re-fits told: the latest of those
 * that were published or rolled back to.
 *
 * <p>A version that a crash took back was told of too; the one that the restored job made in its
 * place, of a later epoch, replaces it and those after it.
 */
final class KeptVersions {
  private final int most;
  private final TreeMap<Long, CodebookDrift> versions = new TreeMap<>();

  /**
   * @param most how many a job keeps
   */
  KeptVersions(int most) {
    this.most = most;
  }

  /** Takes a record into account; records of one key come in their order. */
  void add(CodebookDrift drift) {
    if (drift.level() != 0
        || (drift.outcome() != CodebookDrift.Outcome.PUBLISHED
            && drift.outcome() != CodebookDrift.Outcome.ROLLED_BACK)) {
      return;
    }
    Collection<CodebookDrift> after = versions.tailMap(drift.version()).values();
    after.removeIf(known -> known.epoch() <= drift.epoch());
    versions.put(drift.version(), drift);
  }

  /** The record of each, the oldest first. */
  List<CodebookDrift> all() {
    List<CodebookDrift> all = new ArrayList<>(versions.values());
    return all.subList(Math.max(0, all.size() - most), all.size());
  }
}

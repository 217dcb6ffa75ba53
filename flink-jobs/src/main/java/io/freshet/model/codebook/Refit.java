// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

/**
 * What came of a re-fit or of a roll-back.
 *
 * @param reason why it was held back or rolled back; null where it was published
 * @param books that hold from now on: new ones if published or rolled back
 * @param first whether these are the first books, fitted to a sample
 * @param users vectors that it saw since the last one
 * @param effectiveRank of these vectors; 0 where there were none
 * @param figures the whole path first, then level by level
 */
public record Refit(
    Outcome outcome,
    String reason,
    Codebooks books,
    boolean first,
    long users,
    double effectiveRank,
    CodebookFigures[] figures) {

  /** What became of the books. */
  public enum Outcome {
    /** New ones hold. */
    PUBLISHED,
    /** The old ones hold: the new ones were worse, or the books stand still. */
    HELD_BACK,
    /** The centroids of an earlier version hold, as a new version. */
    ROLLED_BACK
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

/**
 * What a re-fit found and changed at one level, or on the whole path. Usage, error and what they
 * give are those of the books by which the vectors were assigned, so before the re-fit; those of a
 * first fit are of its own books on its samples.
 *
 * @param level from 1; 0 for the whole path, where codes are paths, dead and expired are sums over
 *     the levels, error is that after the last and centroid shift the root mean square of them
 * @param codes to choose from
 * @param codesUsed that some vector had
 * @param perplexity exp of the entropy of the usage: as many codes, evenly used, tell as much
 * @param dead codes whose decayed count is under the threshold
 * @param expired dead codes that were replaced
 * @param largestShare of the vectors that one code has
 * @param error mean squared residual after the level, over the mean squared length
 * @param centroidShift root mean square move of the codes, over their root mean square length
 * @param changed share of the users with codes before whose code differs now; 0 where none had
 * @param separation mean distance of a code to its nearest other one, over the root mean square
 *     residual after the level; 0 at level 0
 * @param usage share of the vectors by code; of no values at level 0
 */
public record CodebookFigures(
    int level,
    int codes,
    int codesUsed,
    double perplexity,
    int dead,
    int expired,
    double largestShare,
    double error,
    double centroidShift,
    double changed,
    double separation,
    double[] usage) {}

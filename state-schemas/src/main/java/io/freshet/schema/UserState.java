// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What the job remembers of a user beside the edges, as it lies in the state backend: one value per
 * user, written whole. The edges are {@link UserEdges}, written as they change.
 *
 * @param embedding base embedding, d floats
 * @param accumulator its AdaGrad sum
 * @param threshold raw threshold of the attention over the user's items
 * @param thresholdAccumulator its AdaGrad sum
 * @param degree number of distinct items that are positives of the user; exact, also where the
 *     bounded history has dropped the oldest
 * @param edges the whole history of a user who was written while it was a part of this value; not
 *     written any more, so of no entries in all others
 * @param lastSeen event time of the latest interaction, milliseconds
 * @param list item ids of the list last published, best first
 * @param listTime event time when it was published, milliseconds
 * @param codes the user's codes, level by level; empty while there are none
 * @param codesEpoch epoch of the codebooks that they are codes of; 0 while there are none
 * @param codesVersion version of those codebooks; 0 while there are none
 * @param codesTime event time when the user was given them, milliseconds; 0 while there are none
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record UserState(
    float[] embedding,
    float accumulator,
    float threshold,
    float thresholdAccumulator,
    long degree,
    UserEdges edges,
    long lastSeen,
    String[] list,
    long listTime,
    int[] codes,
    long codesEpoch,
    long codesVersion,
    long codesTime) {}

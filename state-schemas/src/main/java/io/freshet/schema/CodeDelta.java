// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a learner gathered of the vectors that it gave codes since it last said so: sums that add up
 * over learners, and a sample. It belongs to one version of the books; arrays are flat.
 *
 * @param books whose codes: {@code users}
 * @param epoch of the books by which codes were given
 * @param version of these books; 0 before there are any, when all that needs a code is 0
 * @param levels L
 * @param codes K, codes of a level
 * @param dim values of a vector
 * @param eventTime event time of the newest event of these users, milliseconds
 * @param users vectors gathered
 * @param squares sum of their squared lengths
 * @param compared vectors whose users had codes before
 * @param changedPaths how many of these have another code at some level
 * @param counts vectors by code, [L,K]
 * @param weights what they weigh by code, [L,K]
 * @param sums weighted sums of what was left to each code to stand for, [L,K,dim]
 * @param residualSquares sum of the squared lengths of what is left after each level
 * @param changed by level, how many of those compared have another code
 * @param moments sum of the vectors' outer products, [dim,dim]
 * @param paths the distinct paths and the count of each, in turns
 * @param samples how many vectors the sample may have
 * @param sampleVectors the sample, [.,dim]
 * @param sampleKeys what each of the sample drew, by which samples merge
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record CodeDelta(
    String books,
    long epoch,
    long version,
    int levels,
    int codes,
    int dim,
    long eventTime,
    long users,
    double squares,
    long compared,
    long changedPaths,
    long[] counts,
    float[] weights,
    float[] sums,
    double[] residualSquares,
    long[] changed,
    float[] moments,
    int[] paths,
    int samples,
    float[] sampleVectors,
    float[] sampleKeys) {}

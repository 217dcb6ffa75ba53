// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

/**
 * How a job's checkpoints have gone so far.
 *
 * @param completed since the job was submitted
 * @param failed the same
 */
public record CheckpointCounts(long completed, long failed) {}

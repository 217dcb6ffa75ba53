// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

/**
 * How a job's checkpoints have gone. One that is due before all tasks run counts as failed.
 *
 * @param completed since the job was submitted
 * @param failed the same
 */
public record CheckpointCounts(long completed, long failed) {

  /** What came after an earlier look. */
  public CheckpointCounts since(CheckpointCounts earlier) {
    return new CheckpointCounts(completed - earlier.completed, failed - earlier.failed);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsCounts;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** A job on a {@link LocalCluster}. Closing it cancels it. */
public final class LocalJob implements AutoCloseable {
  private static final long STOP_SECONDS = 60;

  private final MiniCluster cluster;
  private final JobID id;
  private final String checkpointDir;
  private final CompletableFuture<JobResult> result;

  LocalJob(MiniCluster cluster, JobID id, String checkpointDir) {
    this.cluster = cluster;
    this.id = id;
    this.checkpointDir = checkpointDir;
    result = cluster.requestJobResult(id);
  }

  /** Where the job stands. */
  public JobStatus status() throws ExecutionException, InterruptedException {
    return cluster.getJobStatus(id).get();
  }

  /** How its checkpoints have gone so far. */
  public CheckpointCounts checkpoints() throws ExecutionException, InterruptedException {
    CheckpointStatsCounts counts =
        cluster.getExecutionGraph(id).get().getCheckpointStatsSnapshot().getCounts();
    return new CheckpointCounts(
        counts.getNumberOfCompletedCheckpoints(), counts.getNumberOfFailedCheckpoints());
  }

  /** Whether it has ended, well or not. */
  public boolean isDone() {
    return result.isDone();
  }

  /**
   * Waits until a bounded job has ended.
   *
   * @return whether it ended within that time
   * @throws JobFailedException if it failed
   */
  public boolean await(long millis) throws InterruptedException, JobFailedException {
    try {
      JobResult ended = result.get(millis, TimeUnit.MILLISECONDS);
      if (ended.getSerializedThrowable().isPresent()) {
        throw new JobFailedException(
            ended.getSerializedThrowable().get().deserializeError(LocalJob.class.getClassLoader()));
      }
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new JobFailedException(e.getCause());
    }
  }

  /**
   * Stops the job. With {@code checkpoint.dir}, its state is kept in a savepoint there.
   *
   * @return the savepoint; null when there is none
   * @throws JobFailedException if the job did not stop, or its state could not be written
   */
  public String stop() throws InterruptedException, JobFailedException {
    if (checkpointDir == null || isDone()) {
      close();
      return null;
    }
    try {
      String savepoint =
          cluster
              .stopWithSavepoint(
                  id, FlinkSettings.uri(checkpointDir), false, SavepointFormatType.NATIVE)
              .get(STOP_SECONDS, TimeUnit.SECONDS);
      result.get(STOP_SECONDS, TimeUnit.SECONDS);
      return savepoint;
    } catch (ExecutionException e) {
      throw new JobFailedException("the job's state could not be kept in " + checkpointDir, e);
    } catch (TimeoutException e) {
      throw new JobFailedException(
          "the job's state was not kept in " + checkpointDir + " within " + STOP_SECONDS + " s", e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (isDone()) {
      return;
    }
    try {
      cluster.cancelJob(id).get(STOP_SECONDS, TimeUnit.SECONDS);
      result.get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It ended by itself meanwhile, or the cluster's own end will stop it.
      return;
    }
  }
}

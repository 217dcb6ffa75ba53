// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.JobConfig;
import io.freshet.job.LocalCluster;
import java.net.BindException;

/** Starts local clusters, and says what a person can do where that fails. */
final class Clusters {
  private Clusters() {}

  static LocalCluster start(JobConfig config) throws Exception {
    try {
      return LocalCluster.start(config);
    } catch (Exception e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException) {
          throw new CommandException(
              "port "
                  + config.runtime().webPort()
                  + " of 127.0.0.1 is taken; choose another with --set web.port=N, 0 for a free one",
              e);
        }
      }
      throw e;
    }
  }
}

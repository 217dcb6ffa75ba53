// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.ConfigException;
import io.freshet.job.JobConfig;
import io.freshet.job.KafkaEndpoints;
import java.util.List;

/** The topics of a configuration, made ready for a start. */
final class Topics {
  private Topics() {}

  /** Creates what is missing and may be created; throws every fault at once. */
  static void prepare(JobConfig config) {
    List<String> faults = KafkaEndpoints.topicCheck(config).createMissing();
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
  }
}

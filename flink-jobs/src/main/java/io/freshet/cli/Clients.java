// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.JobConfig;
import java.util.HashMap;
import java.util.Map;

/** Properties of the command's own Kafka clients. */
final class Clients {
  private Clients() {}

  static Map<String, String> of(JobConfig config) {
    Map<String, String> properties = new HashMap<>(config.kafka().properties());
    properties.put("bootstrap.servers", config.kafka().bootstrapServers());
    return properties;
  }
}

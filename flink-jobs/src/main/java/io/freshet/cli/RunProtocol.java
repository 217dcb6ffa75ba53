// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.Topic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * How the job is set for an evaluation, whatever the stream: event time alone decides, nothing is
 * dropped, every event is tested.
 */
final class RunProtocol {
  private RunProtocol() {}

  /**
   * The settings of one run; what the person sets comes after them.
   *
   * @param name of the run, for topics and a consumer group of its own
   */
  static List<String> settings(
      String bootstrapServers, String name, int seed, int parallelism, Lead lead) {
    List<String> settings = new ArrayList<>();
    settings.add("kafka.bootstrap.servers=" + bootstrapServers);
    settings.add("kafka.group.id=evaluation-" + name);
    settings.add("topics.partitions=1");
    for (Topic topic : EnumSet.complementOf(EnumSet.of(Topic.INTERACTIONS))) {
      settings.add(topic.option() + "=evaluation." + name + "." + topic.defaultName());
    }
    settings.add("job.parallelism=" + parallelism);
    if (lead.isBounded()) {
      settings.add("merger.sync.interval=" + lead.syncInterval());
    }
    // Flat out, many events pass before a row is back; what they changed is not to be lost
    // meanwhile.
    settings.add("learner.pending.max-bytes=512 mb");
    settings.add("model.seed=" + seed);
    settings.add("learner.batch.group-by-time=true");
    settings.add("quality.sample=1");
    settings.add("quality.window=100");
    settings.add("source.out-of-orderness=0 ms");
    // A barrier ends the mini-step at hand, which would tear events of one moment apart.
    settings.add("checkpoint.interval=1 d");
    settings.add("web.port=0");
    return settings;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class TopologyTest {

  private static StreamGraph graph() throws Exception {
    JobConfig config =
        JobConfig.of(Configuration.fromMap(Map.of("kafka.bootstrap.servers", "127.0.0.1:9092")));
    try (StreamExecutionEnvironment env =
        new StreamExecutionEnvironment(FlinkSettings.ofJob(config))) {
      new FreshetJob(config, KafkaEndpoints.of(config, false)).addTo(env);
      return env.getStreamGraph();
    }
  }

  @Test
  void everyOperatorHasAUidOfItsOwn() throws Exception {
    Set<String> uids = new HashSet<>();
    for (StreamNode node : graph().getStreamNodes()) {
      assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
      assertThat(uids.add(node.getTransformationUID())).as("twice: " + node).isTrue();
    }
    assertThat(uids).contains(Uids.USER_LEARNER, Uids.ITEM_MERGER, Uids.DEDUPE);
  }

  @Test
  void everyOperatorHasAnExplicitMaxParallelism() throws Exception {
    for (StreamNode node : graph().getStreamNodes()) {
      assertThat(node.getMaxParallelism()).as(node.getOperatorName()).isPositive();
    }
  }

  @Test
  void noTypeFallsBackToKryo() throws Exception {
    assertThat(graph().getExecutionConfig().getSerializerConfig().hasGenericTypesDisabled())
        .isTrue();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static io.freshet.operator.Learners.click;
import static io.freshet.operator.Learners.erase;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schema.Decoded;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DedupeTest {

  private static KeyedOneInputStreamOperatorTestHarness<String, Decoded, Decoded> open(
      OperatorSubtaskState from) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, Decoded, Decoded> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new Dedupe(Duration.ofHours(1))),
            Decoded::userId,
            Types.STRING);
    harness.setStateTtlProcessingTime(0);
    harness.setup();
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
    return harness;
  }

  @Test
  void anEventPassesOnce() throws Exception {
    try (var dedupe = open(null)) {
      dedupe.processElement(click("u", "a", 1));
      dedupe.processElement(click("u", "b", 2));
      dedupe.processElement(click("u", "a", 1));

      assertThat(dedupe.extractOutputValues()).hasSize(2);
    }
  }

  @Test
  void anEventPassesAgainAfterItsTimeToLive() throws Exception {
    try (var dedupe = open(null)) {
      dedupe.processElement(click("u", "a", 1));
      dedupe.setStateTtlProcessingTime(Duration.ofMinutes(59).toMillis());
      dedupe.processElement(click("u", "a", 1));
      assertThat(dedupe.extractOutputValues()).hasSize(1);

      dedupe.setStateTtlProcessingTime(Duration.ofMinutes(61).toMillis());
      dedupe.processElement(click("u", "a", 1));
      assertThat(dedupe.extractOutputValues()).hasSize(2);
    }
  }

  @Test
  void whatPassedIsRememberedAcrossARestore() throws Exception {
    OperatorSubtaskState checkpoint;
    try (var dedupe = open(null)) {
      dedupe.processElement(click("u", "a", 1));
      checkpoint = dedupe.snapshot(1, 1);
    }
    try (var dedupe = open(checkpoint)) {
      dedupe.processElement(click("u", "a", 1));
      assertThat(dedupe.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void anEraseClearsTheUsersIdsAndGoesOnToTheLearner() throws Exception {
    try (var dedupe = open(null)) {
      dedupe.processElement(click("u", "a", 1));
      dedupe.processElement(click("v", "a", 1));
      dedupe.processElement(erase("u", 2));

      assertThat(dedupe.numKeyedStateEntries()).isEqualTo(1);
      assertThat(dedupe.extractOutputValues()).last().extracting(Decoded::control).isNotNull();
    }
  }
}

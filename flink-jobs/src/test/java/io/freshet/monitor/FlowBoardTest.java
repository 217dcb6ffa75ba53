// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowBoardTest {
  private static final SlidingLatency.Figures MINUTE = new SlidingLatency.Figures(7, 20, 90);

  @Test
  void theRateIsOverTheTimeBetweenTwoAnswers() {
    FlowBoard flow = new FlowBoard(null);
    flow.add(10_000, cluster(1_000, 900), MINUTE);
    assertThat(flow.view().rate()).isNaN();
    flow.add(12_000, cluster(2_000, 900), MINUTE);

    assertThat(flow.view().rate()).isEqualTo(500);
    assertThat(flow.view().lag()).isEqualTo(1_100);
    assertThat(flow.view().points()).hasSize(2);
    assertThat(flow.view().latencies().get(1).values()).containsExactly(20, 90);
  }

  @Test
  void aTopicThatWasMadeAnewHasNoNegativeRate() {
    FlowBoard flow = new FlowBoard(null);
    flow.add(10_000, cluster(1_000, 900), MINUTE);
    flow.add(12_000, cluster(10, 0), MINUTE);

    assertThat(flow.view().rate()).isNaN();
  }

  @Test
  void whatTheJobItselfHasTakenGoesBeforeWhatItsGroupCommitted() {
    FlowBoard flow = new FlowBoard(() -> 990);
    flow.add(10_000, cluster(1_000, -1), MINUTE);

    assertThat(flow.view().lag()).isEqualTo(10);
    assertThat(flow.view().lagFault()).isNull();
  }

  @Test
  void aLagThatNobodyKnowsSaysWhy() {
    FlowBoard flow = new FlowBoard(null);
    flow.add(10_000, cluster(1_000, -1), MINUTE);

    assertThat(flow.view().lag()).isNaN();
    assertThat(flow.view().lagFault()).contains("committed nothing yet");
  }

  @Test
  void theTimeOfACommitIsWhenItWasSeenToMove() {
    FlowBoard flow = new FlowBoard(null);
    flow.add(10_000, cluster(1_000, 500), MINUTE);
    assertThat(flow.view().committedAt()).isZero();
    flow.add(12_000, cluster(1_000, 900), MINUTE);
    flow.add(14_000, cluster(1_000, 900), MINUTE);

    assertThat(flow.view().committedAt()).isEqualTo(12_000);
  }

  @Test
  void brokersThatDoNotAnswerLeaveAGap() {
    FlowBoard flow = new FlowBoard(() -> 990);
    Cluster before = cluster(1_000, 900);
    flow.add(10_000, before, MINUTE);
    flow.add(12_000, before.lost(12_000, "timed out"), MINUTE);

    assertThat(flow.view().rate()).isNaN();
    assertThat(flow.view().lag()).isNaN();
    assertThat(flow.view().lagFault()).contains("do not answer");
  }

  private static Cluster cluster(long written, long committed) {
    return new Cluster(
        true,
        true,
        0,
        null,
        Map.of(),
        Map.of(),
        written,
        committed,
        committed < 0 ? "the group g has committed nothing yet" : null);
  }
}

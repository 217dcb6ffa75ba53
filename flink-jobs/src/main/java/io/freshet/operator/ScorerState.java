// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.scorer.CandidateScorer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a learner's scorer of candidates has learnt, in checkpoints. */
final class ScorerState {
  private static final Logger LOG = LoggerFactory.getLogger(ScorerState.class);

  private final ListState<float[]> state;

  ScorerState(OperatorStateStore store) throws Exception {
    state =
        store.getUnionListState(
            new ListStateDescriptor<>(
                "scorer", PrimitiveArrayTypeInfo.FLOAT_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  /** After a rescale there may be more learners than scorers, or fewer: each takes one of them. */
  void restore(CandidateScorer scorer, int learner) throws Exception {
    List<float[]> states = new ArrayList<>();
    state.get().forEach(states::add);
    if (!states.isEmpty() && !scorer.restore(states.get(learner % states.size()))) {
      LOG.warn(
          "The scorer of candidates starts anew: the one in the state has another shape (another"
              + " ranker.width or popularity.half-lives)");
    }
  }

  void snapshot(CandidateScorer scorer) throws Exception {
    state.update(List.of(scorer.state()));
  }
}

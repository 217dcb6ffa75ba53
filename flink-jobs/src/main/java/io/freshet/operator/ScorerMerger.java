// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.schema.ScorerDelta;
import io.freshet.schema.ScorerRow;
import java.util.Arrays;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The owner of the weights of the network that ranks candidates; one instance. It adds what each
 * learner's lessons changed, and publishes the sum: every learner then ranks by what all have
 * learnt.
 *
 * <p>It keeps no weights in checkpoints, since every learner does: after a restore it begins with
 * those of the learner that it hears of first, and what the others had sent last is lost but for
 * what they learn again. Its rows are of a new epoch then, which overwrites what the lost part of
 * the last run wrote to the model topic.
 */
public final class ScorerMerger extends AbstractStreamOperator<ScorerRow>
    implements OneInputStreamOperator<ScorerDelta, ScorerRow> {
  private static final long serialVersionUID = 1L;

  // Many learners' changes leave together.
  private static final long LEAST_MILLIS_BETWEEN_ROWS = 20;

  private transient long epoch;
  private transient long version;
  private transient float[] weights;
  private transient long[] contains;
  private transient long lastRowAt;
  private transient boolean rowScheduled;
  private transient Counter published;

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    ListState<Long> epochs =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("epoch", Types.LONG));
    epoch = Epochs.begin(epochs, now());
  }

  @Override
  public void open() throws Exception {
    super.open();
    contains = new long[0];
    published = getMetricGroup().counter(MetricNames.RANKER_ROWS_PUBLISHED);
  }

  @Override
  public void processElement(StreamRecord<ScorerDelta> element) {
    ScorerDelta delta = element.getValue();
    if (weights == null) {
      weights = delta.weights().clone();
    } else {
      for (int i = 0; i < weights.length; i++) {
        weights[i] += delta.change()[i];
      }
    }
    if (delta.learner() >= contains.length) {
      contains = Arrays.copyOf(contains, delta.learner() + 1);
    }
    contains[delta.learner()] = delta.sequence();
    if (!rowScheduled) {
      rowScheduled = true;
      long next = Math.max(now(), lastRowAt + LEAST_MILLIS_BETWEEN_ROWS);
      getProcessingTimeService().registerTimer(next, time -> publish());
    }
  }

  private void publish() {
    rowScheduled = false;
    lastRowAt = now();
    output.collect(
        new StreamRecord<>(new ScorerRow(epoch, ++version, weights.clone(), contains.clone())));
    published.inc();
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}

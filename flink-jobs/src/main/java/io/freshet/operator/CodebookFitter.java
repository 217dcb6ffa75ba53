// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.ModelOptions;
import io.freshet.model.codebook.CodebookFit;
import io.freshet.model.codebook.CodebookFitState;
import io.freshet.model.codebook.CodebookOptions;
import io.freshet.model.codebook.DriftAlarms;
import io.freshet.model.codebook.Refit;
import io.freshet.schema.CodeDelta;
import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookRow;
import io.freshet.schema.CodebookState;
import io.freshet.schema.ControlEvent;
import io.freshet.schema.FitterInput;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.TestOutcome;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits the codebooks to what all learners gather, and publishes them; one instance. A re-fit is due
 * by event time and by the number of vectors, so that a replay at any speed has as many. What was
 * gathered by older books is counted and left aside.
 *
 * <p>After a restore it publishes its books again, in its new epoch: what the lost part of the last
 * run wrote to the model topic is overwritten, and versions go on where the state left them.
 */
public final class CodebookFitter extends AbstractStreamOperator<CodebookRow>
    implements OneInputStreamOperator<FitterInput, CodebookRow> {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(CodebookFitter.class);

  /** What re-fits and orders changed. */
  public static final OutputTag<CodebookDrift> DRIFT = new OutputTag<>("codebook-drift") {};

  private final CodebookOptions options;
  private final int dim;
  private final long ignoreOrdersBefore;

  private transient ListState<CodebookState> state;
  private transient CodebookFit fit;
  private transient DriftAlarms alarms;
  private transient CodebookMetrics metrics;
  private transient long eventTime;
  private transient boolean restored;

  /**
   * @param model where users get no codes by it, a fitter only has its place, lest a savepoint's
   *     state of it have none
   * @param ignoreOrdersBefore orders given earlier were meant for another job, unless this one was
   *     restored; ms
   */
  public CodebookFitter(ModelOptions model, long ignoreOrdersBefore) {
    this.options = model.codebooks();
    this.dim = model.dim();
    this.ignoreOrdersBefore = ignoreOrdersBefore;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    restored = context.isRestored();
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("codebook-fit", CodebookState.class));
    if (options == null) {
      return;
    }
    CodebookState last = null;
    for (CodebookState stored : state.get()) {
      last = stored;
    }
    // The wall clock grows from start to start; the restored epoch guards against one set back.
    long epoch = now();
    if (last != null) {
      epoch = Math.max(epoch, last.epoch() + 1);
    }
    restore(last, epoch);
  }

  private void restore(CodebookState last, long epoch) {
    CodebookFitState before = last == null ? null : CodebookRecords.fitState(last);
    if (before != null && before.fits(options, dim)) {
      fit = CodebookFit.restore(options, dim, epoch, before);
      alarms = DriftAlarms.restore(options.levels(), last.alarms());
      eventTime = last.eventTime();
      return;
    }
    if (before != null) {
      LOG.warn(
          "The codebooks start anew: those in the state have another shape (another codebook.levels,"
              + " codebook.codes or model.dimension)");
    }
    fit = new CodebookFit(options, dim, epoch);
    alarms = new DriftAlarms(options.levels());
  }

  @Override
  public void open() throws Exception {
    super.open();
    if (options != null) {
      metrics = new CodebookMetrics(getMetricGroup(), options.levels(), fit);
      if (!fit.books().isEmpty()) {
        getProcessingTimeService().registerTimer(now(), time -> publish());
      }
    }
  }

  @Override
  public void processElement(StreamRecord<FitterInput> element) {
    FitterInput input = element.getValue();
    if (options == null) {
      return;
    }
    if (input.codes() != null) {
      add(input.codes());
    } else if (input.quality() != null) {
      observe(input.quality());
    } else if (restored || input.order().timestamp() >= ignoreOrdersBefore) {
      rollBack(input.order());
    }
  }

  private void add(CodeDelta delta) {
    eventTime = Math.max(eventTime, delta.eventTime());
    if (fit.add(CodebookRecords.statistics(delta)) && fit.ready(eventTime)) {
      Refit refit = fit.refit(eventTime);
      alarms.observe(refit, eventTime);
      if (refit.outcome() == Refit.Outcome.PUBLISHED) {
        publish();
      } else {
        LOG.warn("A re-fit of the codebooks is held back: {}", refit.reason());
      }
      report(refit);
    }
  }

  private void observe(QualityWindow window) {
    if (window.model().equals(TestOutcome.FRESHET)) {
      alarms.observeRecall(window.warm().hits20(), window.warm().tests(), window.toTime());
      metrics.alarms(alarms.standing().size());
    }
  }

  private void rollBack(ControlEvent order) {
    String fault = fault(order);
    if (fault != null) {
      LOG.warn("The codebooks are not rolled back: {}", fault);
      CodebookDrift refusal =
          CodebookRecords.refusal(order.id(), fit.books(), fault, alarms.tell(), eventTime, now());
      output.collect(DRIFT, new StreamRecord<>(refusal));
      return;
    }
    Refit refit = fit.rollBack(order.version());
    publish();
    report(refit);
    LOG.info("The codebooks are rolled back to version {}", order.version());
  }

  /** Why an order cannot be followed; null when it can. */
  private String fault(ControlEvent order) {
    if (!order.id().equals(CodebookRow.USERS)) {
      return "there are no books of " + order.id() + ", only of " + CodebookRow.USERS;
    }
    long[] kept = fit.versions();
    if (kept.length == 0) {
      return "there are no books yet";
    }
    return Arrays.stream(kept).anyMatch(version -> version == order.version())
        ? null
        : "version "
            + order.version()
            + " is not kept; those kept are "
            + Arrays.toString(kept).replaceAll("[\\[\\]]", "");
  }

  private void publish() {
    output.collect(new StreamRecord<>(CodebookRecords.row(fit.books(), eventTime)));
  }

  private void report(Refit refit) {
    List<CodebookDrift> drift = CodebookRecords.drift(refit, alarms.tell(), eventTime, now());
    for (CodebookDrift record : drift) {
      output.collect(DRIFT, new StreamRecord<>(record));
    }
    metrics.show(drift);
    metrics.alarms(alarms.standing().size());
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    if (options != null) {
      state.update(List.of(CodebookRecords.state(fit.state(), alarms.state(), eventTime)));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.InitialRows;
import io.freshet.model.ItemChange;
import io.freshet.model.OnlineModel;
import io.freshet.model.UserProfile;
import io.freshet.schema.CodeDelta;
import io.freshet.schema.ControlEvent;
import io.freshet.schema.DeadLetter;
import io.freshet.schema.Decoded;
import io.freshet.schema.Interaction;
import io.freshet.schema.ItemDelta;
import io.freshet.schema.ItemRow;
import io.freshet.schema.ModelRecord;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.ScorerDelta;
import io.freshet.schema.TestOutcome;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.metrics.TimerGauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Learns from its users' events and refreshes their lists. Keyed by user on the first input; the
 * second brings every item row and the codebooks to every learner.
 *
 * <p>Events gather into mini-steps: a mini-step starts when enough have come, when the first has
 * waited long enough, before a checkpoint barrier, and at the end of input. So no buffered event
 * has to be in a checkpoint.
 */
public final class UserLearner extends AbstractStreamOperator<RecommendationList>
    implements TwoInputStreamOperator<Decoded, ModelRecord[], RecommendationList>,
        BoundedMultiInput,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  /** What mini-steps change of items, for their owners. */
  public static final OutputTag<ItemDelta> DELTAS = new OutputTag<>("item-deltas") {};

  /** The outcomes of testing before learning. */
  public static final OutputTag<TestOutcome> OUTCOMES = new OutputTag<>("test-outcomes") {};

  /** What the fitter of codebooks needs to know of users' vectors. */
  public static final OutputTag<CodeDelta> CODES = new OutputTag<>("user-codes") {};

  /** What lessons change of the network that ranks candidates, for its owner. */
  public static final OutputTag<ScorerDelta> SCORER = new OutputTag<>("scorer-deltas") {};

  /** Events on new items that no longer fit. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("learner-dead-letters") {};

  // Room for a million mini-steps per millisecond of uptime between two starts of a learner.
  private static final int STEPS_PER_MILLISECOND_BITS = 20;

  private static final float[] NO_GRADIENT = {};

  private final LearnerSettings settings;
  private final StartingRows start;

  private transient InitialRows initial;
  private transient OnlineModel model;
  private transient ItemReplica replica;
  private transient ListState<ItemRow> replicaState;
  private transient ScorerState scorerState;
  private transient long oldestEpoch;
  private transient WriteBackCache<UserProfile> users;
  private transient InternalTimerService<VoidNamespace> listTimers;
  private transient Expiry expiry;
  private transient MiniBatch batch;
  private transient LearnerMetrics metrics;
  private transient RowLag rowLag;
  private transient CodeGathering codes;
  private transient ScorerExchange scorer;
  private transient Pace pace;
  private transient TimerGauge idle;
  private transient int learner;
  private transient int learners;
  private transient List<Interaction> buffer;
  private transient List<String> due;
  private transient boolean stepScheduled;

  /** A learner with these settings, whose rows start from these; the mergers' the same. */
  public UserLearner(LearnerSettings settings, StartingRows start) {
    this.settings = settings;
    this.start = start;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    learner = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    learners = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    oldestEpoch = context.isRestored() ? Long.MIN_VALUE : settings.ignoreRowsBefore();
    initial = start.open(settings.model());
    model = new OnlineModel(settings.model(), initial);
    replica = new ItemReplica(settings.model(), model.items(), learner, learners);
    replicaState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("item-replica", ItemRow.class));
    replica.restore(replicaState.get()); // first: what was learnt has the first claim on the room
    model.items().addKnown();
    scorerState = new ScorerState(context.getOperatorStateStore());
    scorerState.restore(model.scorer(), learner);
    // Numbers from the clock: what an owner says it has of an earlier run lies below all of them.
    model.resumeAfter(
        getProcessingTimeService().getCurrentProcessingTime() << STEPS_PER_MILLISECOND_BITS);
  }

  @Override
  public void open() throws Exception {
    super.open();
    UserStore store = new UserStore(getRuntimeContext(), getKeyedStateBackend(), model.items());
    users = new WriteBackCache<>(settings.cachedUsers(), store);
    listTimers = getInternalTimerService("deferred-lists", VoidNamespaceSerializer.INSTANCE, this);
    buffer = new ArrayList<>();
    due = new ArrayList<>();
    expiry = new Expiry(model, users, this::lookAt);
    expiry.open(getInternalTimerService("expiry", VoidNamespaceSerializer.INSTANCE, expiry));
    pace = new Pace(settings);
    idle =
        getContainingTask()
            .getEnvironment()
            .getMetricGroup()
            .getIOMetricGroup()
            .getIdleTimeMsPerSecond();
    codes =
        new CodeGathering(
            model,
            oldestEpoch,
            getProcessingTimeService()::getCurrentProcessingTime,
            delta -> output.collect(CODES, new StreamRecord<>(delta)));
    scorer =
        new ScorerExchange(
            model.scorer(),
            learner,
            learners,
            oldestEpoch,
            model.sequence(),
            delta -> output.collect(SCORER, new StreamRecord<>(delta)));
    metrics =
        new LearnerMetrics(getMetricGroup(), users, model, initial, buffer, pace, codes, scorer);
    rowLag = new RowLag();
    getMetricGroup()
        .gauge(
            MetricNames.ROWS_LAG_MILLIS,
            () -> rowLag.millis(getProcessingTimeService().getCurrentProcessingTime()));
    batch = new MiniBatch(settings, model, initial, users, this::lookForAt, metrics, pace, codes);
  }

  @Override
  public void processElement1(StreamRecord<Decoded> element) throws Exception {
    Decoded record = element.getValue();
    if (record.control() != null) {
      erase(record.control());
      return;
    }
    Interaction event = record.interaction();
    metrics.event(event.timestamp() < expiry.eventTime());
    if (settings.groupByTime()) {
      if (!buffer.isEmpty() && buffer.get(0).timestamp() != event.timestamp()) {
        step();
      }
      buffer.add(event);
      return;
    }
    buffer.add(event);
    if (buffer.size() >= settings.batchSize()) {
      step();
    } else {
      scheduleStep();
    }
  }

  @Override
  public void processElement2(StreamRecord<ModelRecord[]> element) {
    for (ModelRecord record : element.getValue()) {
      takeIn(record);
    }
  }

  private void takeIn(ModelRecord record) {
    if (record.books() != null) {
      codes.apply(record.books());
    } else if (record.scorer() != null) {
      scorer.apply(record.scorer());
    } else {
      takeIn(record.item());
    }
  }

  private void takeIn(ItemRow row) {
    int pending = model.items().pendingCount();
    metrics.row(row.epoch() >= oldestEpoch && replica.apply(row));
    if (model.items().pendingCount() < pending) {
      rowLag.returned(row.contains(learner), getProcessingTimeService().getCurrentProcessingTime());
    }
  }

  private void scheduleStep() {
    if (!stepScheduled) {
      stepScheduled = true;
      long now = getProcessingTimeService().getCurrentProcessingTime();
      getProcessingTimeService()
          .registerTimer(now + settings.batchIntervalMillis(), time -> step());
    }
  }

  private void step() throws Exception {
    stepScheduled = false;
    if (buffer.isEmpty() && due.isEmpty()) {
      return;
    }
    pace.at(getProcessingTimeService().getCurrentProcessingTime(), idle.getAccumulatedCount());
    model.ask(pace.asked());
    batch.gather(buffer, due, expiry.eventTime());
    for (TestOutcome outcome : batch.test()) {
      output.collect(OUTCOMES, new StreamRecord<>(outcome));
    }
    sendDeltas(batch.learn());
    scorer.sendIfDue();
    for (Interaction event : batch.overItemLimit()) {
      output.collect(DEAD_LETTERS, new StreamRecord<>(ItemLimit.deadLetter(event, settings)));
    }
    for (RecommendationList list : batch.rank(this::defer)) {
      output.collect(new StreamRecord<>(list));
    }
    for (String userId : batch.left()) {
      forgetUser(userId);
      metrics.userExpired();
      output.collect(new StreamRecord<>(RecommendationList.erased(userId, expiry.eventTime())));
    }
    batch.finish();
    buffer.clear();
    due.clear();
  }

  private void sendDeltas(ItemChange[] changes) {
    if (changes.length > 0) { // else the sequence is that of an earlier mini-step
      rowLag.sent(model.sequence(), getProcessingTimeService().getCurrentProcessingTime());
    }
    for (ItemChange change : changes) {
      output.collect(
          DELTAS,
          new StreamRecord<>(
              new ItemDelta(
                  model.items().idOf(change.item()),
                  learner,
                  change.sequence(),
                  change.gradient() == null ? NO_GRADIENT : change.gradient(),
                  ItemRecords.counts(change.counts()),
                  ItemRecords.companions(change.companions(), model.items()::idOf),
                  ItemDelta.Visibility.UNCHANGED)));
    }
  }

  private void erase(ControlEvent order) throws Exception {
    step(); // what came before the order happened before it
    UserProfile user = users.get(order.id());
    if (user == null && initial.knowsUser(order.id())) {
      user = initial.user(order.id(), model.items());
    }
    if (user != null) {
      sendDeltas(model.erase(user));
      listTimers.deleteEventTimeTimer(
          VoidNamespace.INSTANCE, user.lastListTime() + settings.listIntervalMillis());
    }
    forgetUser(order.id());
    metrics.erased();
    output.collect(new StreamRecord<>(RecommendationList.erased(order.id(), order.timestamp())));
  }

  private void forgetUser(String userId) throws Exception {
    if (initial.knowsUser(userId)) {
      // An empty profile in its place, lest the next event bring back what is known of the user.
      users.add(userId, new UserProfile(userId, settings.model()));
    } else {
      users.remove(userId);
    }
  }

  /** Has a user's list made again once the interval since the last one is over. */
  private void defer(String userId, long eventTime) {
    setCurrentKey(userId);
    listTimers.registerEventTimeTimer(VoidNamespace.INSTANCE, eventTime);
  }

  /** Has a user looked for who may not be there again until then. */
  private void lookForAt(String userId, long eventTime) {
    setCurrentKey(userId);
    expiry.lookFor(eventTime);
  }

  private void lookAt(String userId) {
    due.add(userId);
    scheduleStep();
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
    lookAt(timer.getKey());
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    // Lists are deferred in event time only.
  }

  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    boolean sweep = expiry.advance(mark.getTimestamp());
    if (settings.model().forgetting().edges()) {
      // What users have no longer must reach the owners ahead of the time at which items leave.
      timeServiceManager.advanceWatermark(mark);
      if (sweep || !due.isEmpty()) {
        step();
      }
    }
    if (sweep) {
      expiry.forgetEdges();
      sendDeltas(model.learn());
      expiry.forgetItems();
    }
    super.processWatermark(mark);
  }

  @Override
  public void processWatermark2(Watermark mark) {
    // Item rows have no event time of their own; they must not hold the users' back.
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    step();
    codes.send();
    users.writeBack();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    replica.snapshot(replicaState);
    scorerState.snapshot(model.scorer());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    replicaState.clear(); // a second table in the heap, of which the checkpoint has its own copy
  }

  @Override
  public void endInput(int inputId) throws Exception {
    if (inputId == 1) {
      step();
      codes.send();
      users.writeBack();
      for (String model : TestOutcome.MODELS) {
        output.collect(OUTCOMES, new StreamRecord<>(TestOutcome.endOfStream(model)));
      }
    }
  }

  @Override
  public void close() throws Exception {
    if (model != null) {
      model.close();
    }
    super.close();
  }
}

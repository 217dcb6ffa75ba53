// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.Forgetting;
import io.freshet.model.InitialRows;
import io.freshet.model.ItemChange;
import io.freshet.model.ModelOptions;
import io.freshet.schema.ItemDelta;
import io.freshet.schema.ItemRow;
import io.freshet.schema.RowCompanions;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The owner of item rows, keyed by item. It applies every learner's deltas in the order in which
 * they come, and publishes a changed row at most once per sync interval; a row whose visibility
 * changed leaves at once. An item's companions, of which there are hundreds in a record of their
 * own, leave within ten such intervals: a learner knows what it added itself, and to hear of the
 * others' later costs less than to take in the same hundreds every second.
 *
 * <p>After a restore it publishes every row it holds again, in its new epoch: what the lost part of
 * the last run wrote to the model topic is overwritten, and so forgotten.
 *
 * <p>An item that nobody met for so long that {@link Forgetting} lets it go leaves the state, and a
 * tombstone says so on the model topic. What a learner still sends of it, of old edges or as the
 * negative of others, is not taken for an event on it.
 */
public final class ItemMerger extends AbstractStreamOperator<ItemRow>
    implements OneInputStreamOperator<ItemDelta, ItemRow>,
        BoundedOneInput,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  // Bounds how long one tick keeps the task from its input and from checkpoint barriers.
  private static final int ROWS_PER_TICK = 2048;

  // Sync intervals from a change of an item's companions to their publication.
  private static final int INTERVALS_TO_COMPANIONS = 10;

  private final ModelOptions model;
  private final StartingRows start;
  private final long syncIntervalMillis;
  private final int cachedItems;

  private transient long epoch;
  private transient long lastVersion;
  private transient boolean announceAll;
  private transient InitialRows initial;

  private transient ItemStore store;
  private transient int itemsGone;
  private transient WriteBackCache<OwnedRow> rows;
  private transient WaitingRows waiting;
  private transient Counter deltas;
  private transient Counter published;
  private transient Counter expired;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient boolean ended;

  /**
   * @param start where rows start from; the learners' the same
   * @param syncIntervalMillis the least time between two publications of one row
   * @param cachedItems how many rows stay in memory
   */
  public ItemMerger(
      ModelOptions model, StartingRows start, long syncIntervalMillis, int cachedItems) {
    this.model = model;
    this.start = start;
    this.syncIntervalMillis = syncIntervalMillis;
    this.cachedItems = cachedItems;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    announceAll = context.isRestored();
    ListState<Long> epochs =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("epoch", Types.LONG));
    epoch = Epochs.begin(epochs, getProcessingTimeService().getCurrentProcessingTime());
  }

  @Override
  public void open() throws Exception {
    super.open();
    initial = start.open(model);
    store = new ItemStore(getRuntimeContext(), getKeyedStateBackend(), model, epoch);
    rows = new WriteBackCache<>(cachedItems, store);
    waiting = new WaitingRows();
    MetricGroup metrics = getMetricGroup();
    deltas = metrics.counter(MetricNames.DELTAS);
    published = metrics.counter(MetricNames.ROWS_PUBLISHED);
    expired = metrics.counter(MetricNames.ITEMS_EXPIRED);
    timers = getInternalTimerService("item-ttl", VoidNamespaceSerializer.INSTANCE, this);
    metrics.gauge(MetricNames.ROWS_WAITING, () -> waiting.rows());
    metrics.gauge(MetricNames.COMPANIONS_WAITING, () -> waiting.companions());
    CacheMetrics.register(metrics, rows);
    scheduleTick(0);
  }

  @Override
  public void processElement(StreamRecord<ItemDelta> element) throws Exception {
    ItemDelta delta = element.getValue();
    deltas.inc();
    if (saysNothingNew(delta)) {
      return;
    }
    OwnedRow owned = row(delta.itemId());
    if (delta.visibility() == ItemDelta.Visibility.UNCHANGED) {
      owned.item.apply(change(delta), model);
      owned.contain(delta.learner(), delta.sequence());
      waiting.row(delta.itemId());
      if (delta.companions().items().length > 0) {
        waiting.companions(delta.itemId(), getProcessingTimeService().getCurrentProcessingTime());
      }
    } else {
      owned.item.setHidden(delta.visibility() == ItemDelta.Visibility.HIDE);
      publish(delta.itemId(), owned);
      waiting.withdrawRow(delta.itemId());
    }
    rows.changed(delta.itemId());
    rows.trim();
  }

  private boolean saysNothingNew(ItemDelta delta) throws Exception {
    return model.forgetting().items()
        && delta.visibility() == ItemDelta.Visibility.UNCHANGED
        && delta.counts().exposures() == 0
        && !initial.knowsItem(delta.itemId())
        && rows.get(delta.itemId()) == null;
  }

  private OwnedRow row(String itemId) throws Exception {
    OwnedRow owned = rows.get(itemId);
    if (owned == null) {
      owned = new OwnedRow(initial.item(itemId));
      rows.add(itemId, owned);
    }
    return owned;
  }

  private ItemChange change(ItemDelta delta) {
    return new ItemChange(
        -1, // the owner knows the item by its id alone
        delta.sequence(),
        delta.gradient().length == 0 ? null : delta.gradient(),
        ItemRecords.counts(delta.counts(), model),
        delta.companions().items().length == 0 ? null : store.companions(delta.companions()));
  }

  private void scheduleTick(long delay) {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    getProcessingTimeService().registerTimer(now + delay, time -> tick());
  }

  private void tick() throws Exception {
    if (announceAll) {
      announceAll = false;
      try (Stream<String> keys =
          this.<String>getKeyedStateBackend().getKeys(ItemStore.STATE, VoidNamespace.INSTANCE)) {
        keys.forEach(this::announce);
      }
    }
    publishRows(ROWS_PER_TICK);
    long now = getProcessingTimeService().getCurrentProcessingTime();
    long since = now - INTERVALS_TO_COMPANIONS * syncIntervalMillis;
    publishCompanions(ROWS_PER_TICK, since);
    forgetNumbers();
    boolean more = waiting.rows() > 0 || waiting.companionsWait(since);
    scheduleTick(more ? 1 : syncIntervalMillis);
  }

  private void announce(String itemId) {
    waiting.row(itemId);
    waiting.companions(itemId, Long.MIN_VALUE);
  }

  private void publishRows(int atMost) throws Exception {
    for (int i = 0; i < atMost && waiting.rows() > 0; i++) {
      String itemId = waiting.nextRow();
      publish(itemId, rows.get(itemId));
    }
    rows.trim();
  }

  private void publishCompanions(int atMost, long since) throws Exception {
    for (int i = 0; i < atMost && waiting.companionsWait(since); i++) {
      String itemId = waiting.nextCompanions();
      OwnedRow owned = rows.get(itemId);
      ItemRow row = owned.record(itemId, epoch, store.companions(owned.item));
      output.collect(new StreamRecord<>(row.companionsPart()));
    }
    rows.trim();
  }

  private void publish(String itemId, OwnedRow owned) {
    owned.version = ++lastVersion;
    rows.changed(itemId);
    letGo(itemId, owned);
    output.collect(new StreamRecord<>(owned.record(itemId, epoch, RowCompanions.NONE)));
    published.inc();
  }

  /** Sets the timer at which an item leaves unless it is met before. */
  private void letGo(String itemId, OwnedRow owned) {
    if (!model.forgetting().items() || owned.item.hidden()) {
      return; // an order to hide an item holds until another takes it back
    }
    long leavesAt = model.forgetting().itemGoneAt(owned.item.counts().time());
    if (leavesAt != owned.leavesAt) {
      owned.leavesAt = leavesAt;
      setCurrentKey(itemId);
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, leavesAt);
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    String itemId = timer.getKey();
    OwnedRow owned = ended || !model.forgetting().items() ? null : rows.get(itemId);
    if (owned != null
        && !owned.item.hidden()
        && model.forgetting().itemGoneAt(owned.item.counts().time()) <= timer.getTimestamp()) {
      rows.remove(itemId);
      waiting.withdraw(itemId);
      itemsGone++;
      expired.inc();
      ItemRow tombstone = ItemRow.tombstone(itemId, epoch);
      output.collect(new StreamRecord<>(tombstone.companionsPart()));
      output.collect(new StreamRecord<>(tombstone));
    }
    rows.trim();
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    // Items leave in event time only.
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    ended = mark.getTimestamp() == Long.MAX_VALUE; // which is no time: nothing leaves for it
    super.processWatermark(mark);
  }

  /** Numbers the companions anew when half of the numbers may stand for items that have left. */
  private void forgetNumbers() throws Exception {
    if (itemsGone > store.numbers() / 2) {
      rows.clear();
      store.forgetNumbers();
      itemsGone = 0;
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    rows.writeBack();
  }

  @Override
  public void endInput() throws Exception {
    publishRows(Integer.MAX_VALUE);
    publishCompanions(Integer.MAX_VALUE, Long.MAX_VALUE);
    rows.writeBack();
  }
}

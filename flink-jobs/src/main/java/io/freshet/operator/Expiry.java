// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.Forgetting;
import io.freshet.model.OnlineModel;
import io.freshet.model.UserProfile;
import java.util.function.Consumer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

/**
 * What a learner forgets as event time passes. A user's own events take its old edges back; one who
 * never acts again is looked for by a timer, of which a user has one for each step of {@link
 * Forgetting} in which it acted. Items leave in sweeps, once a step.
 *
 * <p>A sweep and the items' owners go by the same rule but by clocks of their own. Where a sweep
 * was early, the owner's next row brings the item back.
 */
final class Expiry implements Triggerable<String, VoidNamespace> {
  private final Forgetting forgetting;
  private final OnlineModel model;
  private final WriteBackCache<UserProfile> users;
  private final Consumer<String> due;
  private InternalTimerService<VoidNamespace> timers;
  private long eventTime = Long.MIN_VALUE;
  private boolean swept;

  /**
   * @param due told of users to look for
   */
  Expiry(OnlineModel model, WriteBackCache<UserProfile> users, Consumer<String> due) {
    this.forgetting = model.options().forgetting();
    this.model = model;
    this.users = users;
    this.due = due;
  }

  void open(InternalTimerService<VoidNamespace> itsTimers) {
    timers = itsTimers;
  }

  /** Has the user at hand, to whom the operator's key is set, looked for. */
  void lookFor(long time) {
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
  }

  /** How far event time has come; {@link Long#MIN_VALUE} before anything is known of it. */
  long eventTime() {
    return eventTime;
  }

  /**
   * Event time has come to a watermark. The one at the end of a bounded input is no time: nothing
   * is forgotten for it.
   *
   * @return whether a sweep is due
   */
  boolean advance(long watermark) {
    if (watermark == Long.MAX_VALUE) {
      return false;
    }
    boolean sweep =
        forgetting.items()
            && (!swept || forgetting.itemStep(watermark) != forgetting.itemStep(eventTime));
    eventTime = watermark;
    return sweep;
  }

  /** Takes back the old edges of the users in memory; their changes are still to be learned. */
  void forgetEdges() throws Exception {
    users.change(
        user -> {
          int before = user.historySize();
          model.forget(user, eventTime);
          return user.historySize() != before;
        });
  }

  /** Lets go of items; after {@link #forgetEdges} was learned. */
  void forgetItems() throws Exception {
    swept = true;
    users.writeBack(); // what left a history is stored by the id of its item
    model.forgetItems(eventTime, users.hot());
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
    if (timer.getTimestamp() <= eventTime) {
      due.accept(timer.getKey());
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    // Nothing is forgotten by the clock.
  }
}

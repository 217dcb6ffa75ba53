// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.scorer;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Weights that several learners move at once. A learner's steps count here at once; what they add
 * up to leaves from time to time for an owner, who sums what all learners send, and whose sums come
 * back. With W the owner's weights and D_l what learner l has taken steps to that W lacks, learner
 * l has
 *
 * <pre>{@code
 * w_l = W + D_l
 * }</pre>
 *
 * which is one network with the steps of all learners, but for those that are on their way.
 */
public final class SharedWeights {

  /** A change that left and has not come back. */
  private record Change(long sequence, float[] values) {}

  /** With so many on their way the next change waits, and grows meanwhile. */
  private static final int MOST_PENDING = 32;

  private final float[] live;

  // The live weights without the steps since the last change left.
  private float[] sent;
  private final Deque<Change> pending = new ArrayDeque<>();

  /**
   * @param live the weights in which steps are taken
   */
  SharedWeights(float[] live) {
    this.live = live;
    restart();
  }

  /** Begins with the weights as they are now: nothing of them is to be sent. */
  void restart() {
    sent = live.clone();
    pending.clear();
  }

  /** A copy of the weights as they are. */
  public float[] values() {
    return live.clone();
  }

  /** Changes that have left and not come back. */
  public int pending() {
    return pending.size();
  }

  /**
   * What the steps since the last call add up to, which is then on its way to the owner.
   *
   * @param sequence larger than that of any change before
   * @return null where nothing is to be sent, or too much is on its way
   */
  public float[] drain(long sequence) {
    if (pending.size() == MOST_PENDING) {
      return null;
    }
    float[] change = new float[live.length];
    boolean any = false;
    for (int i = 0; i < change.length; i++) {
      change[i] = live[i] - sent[i];
      any |= change[i] != 0;
    }
    if (!any) {
      return null;
    }
    sent = live.clone();
    pending.add(new Change(sequence, change));
    return change;
  }

  /**
   * Takes over the owner's weights and lays what they lack on top.
   *
   * @param weights the owner's
   * @param contained sequence of the last own change in them
   * @return false, with nothing changed, if they are of another shape
   */
  public boolean take(float[] weights, long contained) {
    if (weights.length != live.length) {
      return false;
    }
    while (!pending.isEmpty() && pending.peek().sequence() <= contained) {
      pending.remove();
    }
    float[] base = weights.clone();
    for (Change change : pending) {
      for (int i = 0; i < base.length; i++) {
        base[i] += change.values()[i];
      }
    }
    for (int i = 0; i < base.length; i++) {
      live[i] = base[i] + (live[i] - sent[i]);
    }
    sent = base;
    return true;
  }
}

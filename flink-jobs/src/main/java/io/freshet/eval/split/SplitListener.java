// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

/** Hears of a run while it goes on. */
public interface SplitListener {

  /** An epoch was learnt. */
  void epoch(int epoch, double loss);

  /** A validation was made. */
  void validated(SplitProgress progress);

  /** Asked after each epoch: whether to end with what is known so far. */
  boolean isStopped();
}

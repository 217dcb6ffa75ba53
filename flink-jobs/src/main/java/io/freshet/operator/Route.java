// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.schema.ControlEvent;
import io.freshet.schema.DeadLetter;
import io.freshet.schema.Decoded;
import io.freshet.schema.ItemDelta;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends each decoded record where it belongs: interactions and orders about users on to the
 * learners, orders about items to the items' owners, the rest to the dead letters.
 */
public final class Route extends ProcessFunction<Decoded, Decoded> {
  private static final long serialVersionUID = 1L;

  /** Records that could not be used. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};

  /** Orders that hide or show an item. */
  public static final OutputTag<ItemDelta> ITEM_ORDERS = new OutputTag<>("item-orders") {};

  private transient Counter deadLetters;

  @Override
  public void open(OpenContext context) {
    deadLetters = getRuntimeContext().getMetricGroup().counter(MetricNames.DEAD_LETTERS);
  }

  @Override
  public void processElement(Decoded record, Context context, Collector<Decoded> out) {
    if (record.deadLetter() != null) {
      deadLetters.inc();
      context.output(DEAD_LETTERS, record.deadLetter());
    } else if (record.control() == null
        || record.control().action() == ControlEvent.Action.ERASE_USER) {
      out.collect(record);
    } else {
      context.output(ITEM_ORDERS, order(record.control()));
    }
  }

  private static ItemDelta order(ControlEvent control) {
    return ItemDelta.visibility(
        control.id(),
        control.action() == ControlEvent.Action.HIDE_ITEM
            ? ItemDelta.Visibility.HIDE
            : ItemDelta.Visibility.SHOW);
  }
}

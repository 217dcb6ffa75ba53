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
 * learners, orders about items to the items' owners, those about codebooks to their fitter, the
 * rest to the dead letters.
 */
public final class Route extends ProcessFunction<Decoded, Decoded> {
  private static final long serialVersionUID = 1L;

  /** Records that could not be used. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};

  /** Orders that hide or show an item. */
  public static final OutputTag<ItemDelta> ITEM_ORDERS = new OutputTag<>("item-orders") {};

  /** Orders about codebooks. */
  public static final OutputTag<ControlEvent> CODEBOOK_ORDERS =
      new OutputTag<>("codebook-orders") {};

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
    } else if (record.control() == null) {
      out.collect(record);
    } else {
      ControlEvent order = record.control();
      switch (order.action()) {
        case ERASE_USER -> out.collect(record);
        case HIDE_ITEM ->
            context.output(
                ITEM_ORDERS, ItemDelta.visibility(order.id(), ItemDelta.Visibility.HIDE));
        case SHOW_ITEM ->
            context.output(
                ITEM_ORDERS, ItemDelta.visibility(order.id(), ItemDelta.Visibility.SHOW));
        case ROLL_BACK_CODEBOOK -> context.output(CODEBOOK_ORDERS, order);
      }
    }
  }
}

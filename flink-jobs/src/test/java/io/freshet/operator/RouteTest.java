// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static io.freshet.operator.Learners.side;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schema.ControlEvent;
import io.freshet.schema.ControlEvent.Action;
import io.freshet.schema.DeadLetter;
import io.freshet.schema.Decoded;
import io.freshet.schema.Interaction;
import io.freshet.schema.ItemDelta;
import io.freshet.schema.RecordError;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

class RouteTest {

  @Test
  void eachRecordGoesWhereItBelongs() throws Exception {
    Decoded click = Decoded.of(Interaction.of("e", "u", "i", "click", 1));
    Decoded erase = Decoded.of(new ControlEvent(Action.ERASE_USER, "u", 2));
    ControlEvent rollBack = ControlEvent.rollBack("users", 7, 3);
    DeadLetter letter = new DeadLetter(null, null, RecordError.EMPTY, "none", "decode", "t", 0, 1);
    try (OneInputStreamOperatorTestHarness<Decoded, Decoded> route =
        ProcessFunctionTestHarnesses.forProcessFunction(new Route())) {
      route.processElement(click, 1);
      route.processElement(erase, 2);
      route.processElement(Decoded.of(new ControlEvent(Action.HIDE_ITEM, "i", 3)), 3);
      route.processElement(Decoded.of(new ControlEvent(Action.SHOW_ITEM, "i", 4)), 4);
      route.processElement(Decoded.of(rollBack), 5);
      route.processElement(Decoded.of(letter), 6);

      assertThat(route.extractOutputValues()).containsExactly(click, erase);
      assertThat(side(route.getSideOutput(Route.ITEM_ORDERS)))
          .extracting(ItemDelta::visibility)
          .containsExactly(ItemDelta.Visibility.HIDE, ItemDelta.Visibility.SHOW);
      assertThat(side(route.getSideOutput(Route.CODEBOOK_ORDERS))).containsExactly(rollBack);
      assertThat(side(route.getSideOutput(Route.DEAD_LETTERS))).containsExactly(letter);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.replay.EventStream;
import io.freshet.eval.EvaluationRow;
import io.freshet.eval.PrequentialEvaluation;
import io.freshet.eval.Retraining;
import io.freshet.eval.StandardBaselines;
import io.freshet.schema.EventTypes;
import io.freshet.schema.Interaction;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The baselines, fed with the very events that go to the job while they go there, by the protocol
 * that the job follows.
 */
final class BaselineRows implements EventStream {
  private final EventStream events;
  private final EventTypes types;
  private final PrequentialEvaluation evaluation;
  private final Map<String, Integer> users = new HashMap<>();
  private final Map<String, Integer> items = new HashMap<>();

  /**
   * @param events what to hand on, in order of time
   * @param retraining what is trained in batches beside them
   * @param seeds how many seeds the random baselines run with, from 1
   */
  BaselineRows(EventStream events, EventTypes types, Retraining retraining, int seeds) {
    this.events = events;
    this.types = types;
    evaluation =
        StandardBaselines.evaluation(retraining, LongStream.rangeClosed(1, seeds).toArray());
  }

  @Override
  public Interaction next() throws IOException {
    Interaction event = events.next();
    if (event == null) {
      evaluation.finish();
    } else if (types.knows(event.eventType())) { // else a dead letter to the job
      evaluation.add(
          number(event.userId(), users),
          number(event.itemId(), items),
          types.weight(event) > 0,
          event.timestamp());
    }
    return event;
  }

  private static int number(String id, Map<String, Integer> numbers) {
    Integer number = numbers.get(id);
    if (number == null) {
      number = numbers.size();
      numbers.put(id, number);
    }
    return number;
  }

  /** One row for each baseline and seed; complete once the stream has ended. */
  List<EvaluationRow> rows() {
    return evaluation.bestRows();
  }

  @Override
  public void close() throws IOException {
    events.close();
  }
}

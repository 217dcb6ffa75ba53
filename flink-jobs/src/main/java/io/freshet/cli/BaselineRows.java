// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.replay.EventFile;
import io.freshet.connect.replay.EventStream;
import io.freshet.eval.EvaluationRow;
import io.freshet.eval.PrequentialEvaluation;
import io.freshet.eval.StandardBaselines;
import io.freshet.schema.EventTypes;
import io.freshet.schema.Interaction;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The baselines over an event file, by the protocol that the job follows. */
final class BaselineRows {
  private static final int PROGRESS_EVERY = 1024;

  private final Console console;
  private final EventTypes types;
  private final int seeds;
  private final Map<String, Integer> users = new HashMap<>();
  private final Map<String, Integer> items = new HashMap<>();

  BaselineRows(Console console, EventTypes types, int seeds) {
    this.console = console;
    this.types = types;
    this.seeds = seeds;
  }

  List<EvaluationRow> over(EventFile file) throws IOException {
    PrequentialEvaluation evaluation =
        StandardBaselines.evaluation(LongStream.rangeClosed(1, seeds).toArray());
    long count = 0;
    try (EventStream events = file.open()) {
      for (Interaction event = events.next(); event != null; event = events.next()) {
        // An unknown type is a dead letter to the job.
        if (types.knows(event.eventType())) {
          evaluation.add(
              number(event.userId(), users),
              number(event.itemId(), items),
              types.weight(event) > 0,
              event.timestamp());
        }
        if (++count % PROGRESS_EVERY == 0) {
          console.progress("baselines: " + Text.count(count) + " events");
        }
      }
    }
    evaluation.finish();
    console.clearProgress();
    return evaluation.bestRows();
  }

  private static int number(String id, Map<String, Integer> numbers) {
    Integer number = numbers.get(id);
    if (number == null) {
      number = numbers.size();
      numbers.put(id, number);
    }
    return number;
  }
}

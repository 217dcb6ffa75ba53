// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.DataFileException;
import io.freshet.connect.replay.EventFile;
import io.freshet.connect.replay.EventProducer;
import io.freshet.connect.replay.EventStream;
import io.freshet.job.JobConfig;
import io.freshet.job.StartCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends an event file to the interactions topic. */
@Command(
    name = "produce",
    description = "Sends the events of a file to the interactions topic.",
    footer = {
      "",
      "The file is CSV with the header event_id,user_id,item_id,event_type,timestamp_ms,value, or",
      "JSON lines as on the topic; either may be compressed (.zst).",
      "",
      "Examples:",
      "  freshet produce --events clicks.csv --broker 127.0.0.1:9092",
      "  freshet produce --events clicks.csv.zst --config freshet.yaml --rate 500",
      "  freshet produce --events clicks.jsonl --config freshet.yaml --speed 60"
    })
final class ProduceCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private KafkaArguments arguments;

  @Option(names = "--events", required = true, paramLabel = "FILE", description = "Event file.")
  private Path events;

  @ArgGroup(exclusive = true)
  private Pace pace;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to a file.")
  private Path json;

  @Override
  public Integer call() throws IOException {
    StartCheck check = arguments.check();
    EventFile file = file(check);
    JobConfig config = check.ready();
    Pace chosen = pace == null ? new Pace() : pace;
    Interruption interruption = Interruption.install();
    EventProducer producer = new EventProducer(Clients.of(config), config.topics().interactions());
    interruption.onRequest(producer::stop);
    console.println(
        "Sending " + events + " to " + config.topics().interactions() + " " + chosen + " ...");
    EventProducer.Totals totals;
    try (EventStream stream = file.open()) {
      totals = producer.send(stream, chosen.replay(), this::show);
    } finally {
      console.clearProgress();
    }
    console.println(
        (totals.stopped() ? "Stopped after " : "Sent ")
            + Text.count(totals.acknowledged())
            + " events in "
            + Text.duration(totals.took())
            + ", "
            + Text.count(Math.round(totals.eventsPerSecond()))
            + " a second"
            + (totals.failed() == 0
                ? "."
                : "; the broker refused " + Text.count(totals.failed()) + " as too large."));
    if (json != null) {
      Json.write(json, figures(totals));
    }
    return totals.failed() == 0 ? 0 : 1;
  }

  private EventFile file(StartCheck check) {
    try {
      return EventFile.at(events);
    } catch (DataFileException e) {
      check.fault(e.getMessage());
      return null;
    }
  }

  private void show(EventProducer.Progress progress) {
    console.progress(
        Text.count(progress.acknowledged())
            + " events stored, "
            + Text.count(Math.round(progress.eventsPerSecond()))
            + " a second, events of "
            + Text.time(progress.lastTimestamp()));
  }

  private Map<String, Object> figures(EventProducer.Totals totals) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("events_file", events.toString());
    figures.put("stored", totals.acknowledged());
    figures.put("refused", totals.failed());
    figures.put("stopped", totals.stopped());
    figures.put("seconds", totals.took().toNanos() / 1e9);
    figures.put("events_per_second", totals.eventsPerSecond());
    return figures;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.eval.drift.DriftRun;
import io.freshet.eval.drift.DriftTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What alarms, quality and codebooks make of a drift that was planted. */
@Command(
    name = "drift",
    description =
        "Runs the job over generated traffic that changes at a known event: which alarm was raised,"
            + " how many events after, and how long quality took to recover.",
    footer = {
      "",
      "An alarm before the drift is a false one; with --kind none all are. Quality is warm",
      "Recall@20 as a share of what a list of the planted tastes hits of the same events: no list can",
      "do much better, and that falls as users come to have taken what is popular. It has recovered",
      "with the first span that is back, within --recovered-within, to what it was before the drift;",
      "less than the dip, or chance recovers first.",
      "",
      "Examples:",
      "  freshet evaluate drift --kind swap",
      "  freshet evaluate drift --kind none --events 360k",
      "  freshet evaluate drift --kind die --frozen --json figures.json"
    })
final class EvaluateDriftCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private ConfigArguments arguments;
  @Mixin private DriftArguments traffic;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to a file.")
  private Path json;

  @Override
  public Integer call() throws Exception {
    traffic.check();
    OutputFile.prepare(json);
    List<DriftRun> runs = new DriftEvaluation(console, arguments, traffic).run();
    console.println("");
    console.println(DriftTable.render(runs));
    if (json != null) {
      Json.write(json, Map.of("runs", runs));
    }
    return 0;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.broker.BrokerProcess;
import io.freshet.connect.replay.EventProducer;
import io.freshet.connect.replay.GeneratedTraffic;
import io.freshet.connect.replay.Limited;
import io.freshet.connect.replay.Replay;
import io.freshet.connect.replay.TrafficOptions;
import io.freshet.eval.drift.DriftPlan;
import io.freshet.eval.drift.DriftRun;
import io.freshet.eval.drift.EventNumbers;
import io.freshet.job.FreshetOptions;
import io.freshet.job.JobConfig;
import io.freshet.schema.QualityWindow;
import java.util.ArrayList;
import java.util.List;

/** The job over generated traffic with a planted drift, once for each seed. */
final class DriftEvaluation {
  /** Times are the same in each run, so that events of a seed are the same too. */
  private static final long START = 1_700_000_000_000L;

  private final Console console;
  private final ConfigArguments arguments;
  private final DriftArguments traffic;
  private final DriftPlan plan;
  private final Interruption interruption = Interruption.install();

  DriftEvaluation(Console console, ConfigArguments arguments, DriftArguments traffic) {
    this.console = console;
    this.arguments = arguments;
    this.traffic = traffic;
    plan = traffic.plan();
  }

  /** A run for each seed, with one beside it whose books stand still where that is asked for. */
  List<DriftRun> run() throws Exception {
    List<DriftRun> runs = new ArrayList<>();
    console.println("Starting a Kafka broker ...");
    try (BrokerProcess broker = BrokerProcess.start()) {
      for (int seed = 1; seed <= traffic.seeds(); seed++) {
        TrafficOptions options = traffic.options(START, seed);
        JobConfig config = config(broker, seed, "following", List.of());
        List<QualityWindow> truth = produce(config, options);
        BoundedRun following = job(config, seed, "");
        runs.add(reckon(following, truth, options, seed, false));
        if (traffic.isFrozenToo()) {
          BoundedRun frozen = frozen(broker, options, seed, following);
          runs.add(reckon(frozen, truth, options, seed, true));
        }
      }
    }
    return runs;
  }

  private BoundedRun frozen(
      BrokerProcess broker, TrafficOptions options, int seed, BoundedRun following)
      throws Exception {
    int refits =
        DriftRun.refitsBefore(following.refits().refits(), numbers(options), plan.driftAt());
    if (refits == 0) {
      throw new CommandException(
          "no re-fit before the drift, so that there are no books to stand still; plant it later");
    }
    JobConfig config =
        config(
            broker,
            seed,
            "frozen",
            List.of(FreshetOptions.CODEBOOK_REFIT_FROZEN_AFTER.key() + "=" + refits));
    return job(config, seed, ", frozen");
  }

  private JobConfig config(BrokerProcess broker, int seed, String name, List<String> more) {
    List<String> settings =
        RunProtocol.settings(broker.bootstrapServers(), seed + "-" + name, seed, 1, Lead.OF_BOOKS);
    settings.add(FreshetOptions.TOPIC_INTERACTIONS.key() + "=evaluation." + seed);
    settings.addAll(more);
    return arguments.check(settings).ready();
  }

  /** Sends the events; what a list of the planted tastes hits of them. */
  private List<QualityWindow> produce(JobConfig config, TrafficOptions options) throws Exception {
    EventProducer producer = new EventProducer(Clients.of(config), config.topics().interactions());
    interruption.onRequest(producer::stop);
    PlantedTruth truth = new PlantedTruth(new GeneratedTraffic(options), config.events().types());
    try (Limited events = new Limited(truth, plan.events())) {
      producer.send(
          events,
          Replay.flatOut(),
          sent -> console.progress("sent to the job: " + Text.count(sent.sent())));
    } finally {
      console.clearProgress();
    }
    return truth.windows();
  }

  private BoundedRun job(JobConfig config, int seed, String suffix) throws Exception {
    return new BoundedRun(console, interruption, config, Lead.OF_BOOKS)
        .run("seed " + seed + suffix, plan.events());
  }

  private DriftRun reckon(
      BoundedRun run, List<QualityWindow> truth, TrafficOptions options, int seed, boolean frozen) {
    return DriftRun.of(
        plan,
        seed,
        frozen,
        numbers(options),
        run.windows().inOrder(),
        truth,
        run.refits().refits());
  }

  private static EventNumbers numbers(TrafficOptions options) {
    return new EventNumbers(options.startTime(), options.eventsPerSecond());
  }
}

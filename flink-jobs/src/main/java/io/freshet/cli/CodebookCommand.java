// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.OrderSender;
import io.freshet.connect.TopicReader;
import io.freshet.job.JobConfig;
import io.freshet.job.KafkaEndpoints;
import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookDriftJson;
import io.freshet.schema.CodebookRow;
import io.freshet.schema.ControlEvent;
import io.freshet.schema.RecordException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks after the codebooks of a running job. */
@Command(
    name = "codebook",
    description = "Looks after the codebooks of a running job.",
    footer = {
      "",
      "Examples:",
      "  freshet codebook versions --config freshet.yaml",
      "  freshet codebook roll-back --config freshet.yaml --to 41"
    })
final class CodebookCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(200);

  @Spec private CommandSpec spec;
  @Mixin private Console group;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Name what to do: versions or roll-back.");
  }

  @Command(
      name = "versions",
      description = "Prints the versions that a running job can be rolled back to, oldest first.",
      footer = {"", "Example:", "  freshet codebook versions --config freshet.yaml"})
  int versions(@Mixin Console console, @Mixin KafkaArguments arguments) throws Exception {
    JobConfig config = arguments.check().readable();
    KeptVersions kept = new KeptVersions(mostKept(config));
    String topic = config.topics().codebook();
    try (TopicReader reader = Reading.fromBeginning(config, topic)) {
      while (reader.remaining() > 0) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          kept.add(drift(topic, record));
        }
      }
    }
    if (kept.all().isEmpty()) {
      throw new CommandException("no codebooks were published yet; " + topic + " tells of none");
    }
    kept.all().forEach(drift -> console.println(CodebookText.of(drift)));
    return 0;
  }

  private static int mostKept(JobConfig config) throws CommandException {
    if (config.model().codebooks() == null) {
      throw new CommandException("codebook.levels is 0: users get no codes");
    }
    return config.model().codebooks().versions();
  }

  @Command(
      name = "roll-back",
      description = "Has a running job bring an earlier version of the codebooks back.",
      footer = {
        "",
        "The earlier books are published again under a new version, and re-fits go on from there.",
        "To keep them as they are, start the job with --set codebook.refit.frozen-after=1.",
        "",
        "Example:",
        "  freshet codebook roll-back --config freshet.yaml --to 41"
      })
  int rollBack(
      @Mixin Console console,
      @Mixin KafkaArguments arguments,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "VERSION",
              description = "The version to bring back; freshet codebook versions lists them.")
          long version,
      @Option(
              names = "--timeout",
              paramLabel = "TIME",
              converter = DurationConverter.class,
              description = "How long to wait for the job's answer (default ${DEFAULT-VALUE}).",
              defaultValue = "60s")
          Duration timeout)
      throws Exception {
    JobConfig config = arguments.check().readable();
    mostKept(config);
    Interruption interruption = Interruption.install();
    try (TopicReader answers = Reading.fromNow(config, config.topics().codebook())) {
      long end = System.nanoTime() + timeout.toNanos();
      send(config, ControlEvent.rollBack(CodebookRow.USERS, version, System.currentTimeMillis()));
      while (System.nanoTime() < end && !interruption.isRequested()) {
        for (ConsumerRecord<byte[], byte[]> record : answers.poll(POLL)) {
          CodebookDrift drift = drift(config.topics().codebook(), record);
          if (drift.level() == 0 && isAnswer(drift)) {
            console.println(CodebookText.of(drift));
            return 0;
          }
        }
      }
    }
    throw new CommandException(
        "no job has answered within "
            + timeout.toSeconds()
            + " s; the order stands on "
            + config.topics().control()
            + ", and a job that reads it will still follow it. Is one running with this"
            + " configuration?");
  }

  private static void send(JobConfig config, ControlEvent order)
      throws CommandException, InterruptedException {
    try {
      OrderSender.send(KafkaEndpoints.connection(config), config.topics().control(), order);
    } catch (KafkaException e) {
      throw new CommandException(
          config.topics().control() + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static boolean isAnswer(CodebookDrift drift) throws CommandException {
    if (drift.outcome() == CodebookDrift.Outcome.REFUSED) {
      throw new CommandException("the job refused: " + drift.reason());
    }
    return drift.outcome() == CodebookDrift.Outcome.ROLLED_BACK;
  }

  private static CodebookDrift drift(String topic, ConsumerRecord<byte[], byte[]> record)
      throws CommandException {
    try {
      return CodebookDriftJson.read(record.value());
    } catch (RecordException e) {
      throw new CommandException(
          "a record of " + topic + " is not Freshet's: " + e.getMessage(), e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.TopicReader;
import io.freshet.job.JobConfig;
import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookDriftJson;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.QualityWindowJson;
import io.freshet.schema.RecommendationListJson;
import io.freshet.schema.RecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Follows a topic and prints it for a person. */
@Command(
    name = "watch",
    description = "Follows a topic and prints it for a person, until Ctrl-C.",
    footer = {
      "",
      "Examples:",
      "  freshet watch recommendations --broker 127.0.0.1:9092",
      "  freshet watch quality --config freshet.yaml --from-beginning",
      "  freshet watch codebook --config freshet.yaml"
    })
final class WatchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Console group;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Name what to watch: recommendations, quality or codebook.");
  }

  @Command(
      name = "recommendations",
      description = "Prints each list as it is published.",
      footer = {
        "",
        "Examples:",
        "  freshet watch recommendations --config freshet.yaml",
        "  freshet watch recommendations --broker 127.0.0.1:9092 --user u42 --from-beginning"
      })
  int recommendations(
      @Mixin Console console,
      @Mixin KafkaArguments arguments,
      @Option(names = "--user", paramLabel = "ID", description = "This user's lists only.")
          String user,
      @Option(names = "--from-beginning", description = "Start with what the topic holds.")
          boolean fromBeginning,
      @Option(
              names = "--count",
              paramLabel = "N",
              description = "End after this many lists.",
              defaultValue = "9223372036854775807")
          long count)
      throws Exception {
    JobConfig config = arguments.check().readable();
    return follow(
        config,
        config.topics().recommendations(),
        fromBeginning,
        count,
        record -> {
          String key = new String(record.key(), StandardCharsets.UTF_8);
          if (user != null && !user.equals(key)) {
            return false;
          }
          console.println(
              record.value() == null
                  ? key + "  erased"
                  : ListText.of(RecommendationListJson.read(record.value())));
          return true;
        });
  }

  @Command(
      name = "quality",
      description = "Prints each quality window: what was tested before it was learned.",
      footer = {"", "Example:", "  freshet watch quality --config freshet.yaml --from-beginning"})
  int quality(
      @Mixin Console console,
      @Mixin KafkaArguments arguments,
      @Option(names = "--from-beginning", description = "Start with what the topic holds.")
          boolean fromBeginning,
      @Option(
              names = "--count",
              paramLabel = "N",
              description = "End after this many windows.",
              defaultValue = "9223372036854775807")
          long count)
      throws Exception {
    JobConfig config = arguments.check().readable();
    return follow(
        config,
        config.topics().quality(),
        fromBeginning,
        count,
        record -> {
          QualityWindow window = QualityWindowJson.read(record.value());
          console.println(QualityText.of(window));
          return true;
        });
  }

  @Command(
      name = "codebook",
      description = "Prints what each re-fit of the codebooks changed, a line a level.",
      footer = {
        "",
        "The bars show how the users spread over the codes of a level, the fullest the highest; a",
        "dot is a code that nobody has.",
        "",
        "Example:",
        "  freshet watch codebook --config freshet.yaml --from-beginning"
      })
  int codebook(
      @Mixin Console console,
      @Mixin KafkaArguments arguments,
      @Option(names = "--from-beginning", description = "Start with what the topic holds.")
          boolean fromBeginning,
      @Option(
              names = "--count",
              paramLabel = "N",
              description = "End after this many re-fits.",
              defaultValue = "9223372036854775807")
          long count)
      throws Exception {
    JobConfig config = arguments.check().readable();
    RefitRecords refits = new RefitRecords();
    return follow(
        config,
        config.topics().codebook(),
        fromBeginning,
        count,
        record -> {
          List<CodebookDrift> refit = refits.add(CodebookDriftJson.read(record.value()));
          refit.forEach(drift -> console.println(CodebookText.of(drift)));
          return !refit.isEmpty();
        });
  }

  /** Prints a record; says whether it did. */
  private interface Printer {
    boolean print(ConsumerRecord<byte[], byte[]> record) throws RecordException;
  }

  private static int follow(
      JobConfig config, String topic, boolean fromBeginning, long count, Printer printer)
      throws Exception {
    Interruption interruption = Interruption.install();
    try (TopicReader feed =
        fromBeginning ? Reading.fromBeginning(config, topic) : Reading.fromNow(config, topic)) {
      long printed = 0;
      while (printed < count && !interruption.isRequested()) {
        for (ConsumerRecord<byte[], byte[]> record : feed.poll(Duration.ofMillis(200))) {
          if (printed < count && printer.print(record)) {
            printed++;
          }
        }
      }
    } catch (RecordException e) {
      throw new CommandException(
          "a record of " + topic + " is not Freshet's: " + e.getMessage(), e);
    }
    return 0;
  }
}

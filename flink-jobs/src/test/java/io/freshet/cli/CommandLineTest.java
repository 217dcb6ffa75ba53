// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "watch",
        "codebook",
        "codebook roll-back --broker localhost:1",
        "codebook roll-back --broker localhost:1 --to latest",
        "evaluate",
        "produce",
        "nonsense",
        "demo --rate 5 --speed 2",
        "demo --duration soon",
        "produce --events x.csv --rate many",
        "monitor --users none",
        "evaluate stream --events x.csv --seeds 0",
        "evaluate stream --events x.csv --codebook-picture x.pdf",
        "evaluate drift --kind rotate",
        "evaluate drift --kind none --drift-at 5",
        "evaluate drift --events 100 --drift-at 200",
        "evaluate drift --recovered-within 5"
      })
  void wrongUsageExitsWithTwoAndSaysHowToGetHelp(String arguments) {
    assertThat(execute(arguments)).isEqualTo(2);
    assertThat(err.toString()).startsWith("freshet: ").contains("Try: freshet");
  }

  @Test
  void theCommandsOfTheReadmeAreOnesThatExist() throws Exception {
    List<String> commands = Readme.freshetCommands();

    assertThat(commands).hasSizeGreaterThan(5);
    for (String command : commands) {
      String[] words = command.split(" ");
      assertThatCode(
              () -> Freshet.commandLine().parseArgs(Arrays.copyOfRange(words, 1, words.length)))
          .as(command)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void anExpectedFaultHasNoStackTraceUnlessAskedFor() {
    assertThat(execute("run --broker localhost")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "freshet: kafka.bootstrap.servers holds \"localhost\", but must be host:port, several"
                + " separated by commas\n");

    assertThat(execute("run --broker localhost --verbose")).isEqualTo(1);
    assertThat(err.toString()).contains("\tat io.freshet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --from latest",
        "produce --events absent.csv",
        "watch quality",
        "monitor --port 70000",
        "watch codebook",
        "codebook versions",
        "codebook roll-back --to 7",
        "watch recommendations"
      })
  void everyFaultThatIsSeenWithoutABrokerIsInOneMessage(String command) {
    assertThat(execute(command + " --set lists.sice=3 --set web.port=x --set oops")).isEqualTo(1);

    assertThat(err.toString())
        .contains("\"oops\" must be of the form key=value")
        .contains("kafka.bootstrap.servers is missing")
        .contains("lists.sice is no option of Freshet; did you mean lists.size?")
        .contains("web.port is \"x\"");
    if (command.startsWith("run")) {
      assertThat(err.toString()).contains("--from latest needs checkpoint.dir");
    }
    if (command.startsWith("monitor")) {
      assertThat(err.toString()).contains("--port is 70000, but must be 0 to 65535");
    }
    if (command.startsWith("produce")) {
      assertThat(err.toString()).contains("absent.csv: there is no such file");
    }
  }

  @Test
  void whatAnUnreadableFileWouldSetIsNotCalledMissing() {
    assertThat(execute("validate --config absent.yaml")).isEqualTo(1);
    assertThat(out.toString())
        .contains("1 fault:", "absent.yaml does not exist")
        .doesNotContain("missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "validate"})
  void aTableFileThatIsNotThereIsNamedWithTheOtherFaults(String command) {
    assertThat(execute(command + " --broker localhost:1 --set lists.size=0 --bootstrap no/tables"))
        .isEqualTo(1);
    assertThat(out.toString() + err)
        .contains("lists.size is \"0\"")
        .contains("model.bootstrap.file: ")
        .contains("no/tables: there is no such file");
  }

  @Test
  void aSettingWinsOverTheBrokerArgument() {
    assertThat(execute("validate --broker nonsense --set kafka.bootstrap.servers=alsononsense"))
        .isEqualTo(1);
    assertThat(out.toString()).contains("\"alsononsense\"").doesNotContain("\"nonsense\"");
  }

  @ParameterizedTest
  @CsvSource({"90s,90", "2min,120", "1 h,3600"})
  void timesAreWrittenAsInTheConfiguration(String text, long seconds) {
    assertThat(new DurationConverter().convert(text)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void aTimeThatIsNoneIsRefusedWithAnExample() {
    assertThatThrownBy(() -> new DurationConverter().convert("soon"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("\"soon\"")
        .hasMessageContaining("90s");
  }

  @ParameterizedTest
  @CsvSource({"4.5,5", "5,5", "5.5,10", "10,10", "100,100"})
  void theRatingScaleIsTheSmallestThatHoldsTheLargestRating(float largest, float scale) {
    assertThat(RatingScale.of(largest)).isEqualTo(scale);
    assertThat(RatingScale.of(Float.NaN)).isNull();
  }

  private int execute(String arguments) {
    CommandLine line = Freshet.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.connect.replay.GeneratedTraffic;
import io.freshet.connect.replay.TrafficOptions;
import io.freshet.schema.InteractionJson;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that bring everything with them, as a newcomer starts them: separate processes. */
@Timeout(300)
class StreamE2E {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void theDemoStreamsListsShowsQualityAndLeavesNothingBehind() throws Exception {
    Path figures = directory.resolve("figures.json");
    Launched demo =
        Launched.freshet(
            directory,
            "demo",
            "--duration=25s",
            "--set=web.port=0",
            "--set=job.parallelism=2",
            "--set=quality.window=200",
            "--json=" + figures);
    List<ProcessHandle> children = childrenOnceReady(demo);

    Launched.Outcome outcome = demo.end(120);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("now gets:")
        .containsPattern("Recall@20: freshet 0\\.\\d+, popularity 0\\.\\d+")
        .contains("lists published, 0 dead letters")
        .contains("freshet.recommendations.v1");
    JsonNode report = JSON.readTree(figures.toFile());
    assertThat(report.get("events").asLong()).isGreaterThan(1000);
    assertThat(report.get("lists").asLong()).isGreaterThan(500);
    assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void ctrlCEndsTheDemoAndItsBrokerInOrder() throws Exception {
    Launched demo = Launched.freshet(directory, "demo", "--set=web.port=0");
    List<ProcessHandle> children = childrenOnceReady(demo);

    demo.interrupt();
    Launched.Outcome outcome = demo.end(60);

    assertThat(outcome.out()).contains("Topics:");
    assertThat(outcome.err()).doesNotContain("\tat ");
    assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
  }

  private static List<ProcessHandle> childrenOnceReady(Launched demo) throws Exception {
    try {
      demo.awaitSaid(" lists", 120);
      return demo.handle().descendants().toList();
    } catch (AssertionError e) {
      demo.close();
      throw e;
    }
  }

  @Test
  void theBenchmarkOfTheStreamTellsHowALongRunGoes() throws Exception {
    Path figures = directory.resolve("figures.json");

    Launched.Outcome outcome =
        Launched.freshet(
                directory,
                "bench",
                "stream",
                "--parallelism=1",
                "--users=200",
                "--items=300",
                "--count=3000",
                "--latency-seconds=8",
                "--window-seconds=3",
                "--set=checkpoint.interval=1 s",
                "--json=" + figures)
            .end(140);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode run = JSON.readTree(figures.toFile()).get("runs").get(0);
    assertThat(run.get("events_per_second").asDouble()).isPositive();
    assertThat(run.get("latency_lists").asLong()).isPositive();
    JsonNode windows = run.get("latency_windows");
    assertThat(windows).hasSizeBetween(2, 4);
    assertThat(windows.get(1).get("lists").asLong()).isPositive();
    assertThat(windows.get(1).get("latency_ms_p50").asLong()).isPositive();
    assertThat(windows.get(1).get("rows_lag_ms").asLong()).isPositive();
    assertThat(windows.get(1).get("least_heap_mb").asLong()).isPositive();
    assertThat(windows.get(1).get("items").asLong()).isPositive();
    assertThat(windows.get(1).at("/cpu_us_by_thread/dedupe").asDouble()).isPositive();
    assertThat(windows.get(windows.size() - 1).get("checkpoints").asLong())
        .isGreaterThan(windows.get(0).get("checkpoints").asLong());
    assertThat(windows.get(1).get("checkpoints_failed").asLong()).isZero();
  }

  @Test
  void oneAndTwoLearnersLearnTheSameWithinNoise() throws Exception {
    Path events = directory.resolve("events.jsonl");
    TrafficOptions options =
        TrafficOptions.startingAt(1_700_000_000_000L).withUsers(300).withItems(500).withGroups(6);
    try (OutputStream out = Files.newOutputStream(events);
        GeneratedTraffic traffic = new GeneratedTraffic(options)) {
      for (int i = 0; i < 20_000; i++) {
        out.write(InteractionJson.write(traffic.next()));
        out.write('\n');
      }
    }

    JsonNode one = evaluate(events, 1);
    JsonNode two = evaluate(events, 2);

    double recallOfOne = recall(one, "freshet");
    assertThat(recallOfOne).isGreaterThan(1.2 * recall(one, "popularity"));
    assertThat(recall(two, "freshet")).isBetween(0.9 * recallOfOne, 1.1 * recallOfOne);
    assertThat(tests(two, "freshet")).isEqualTo(tests(one, "freshet"));
    assertThat(tests(one, "freshet"))
        .as("the baselines test the same events; the job tests a pair again after a take-back")
        .isCloseTo(tests(one, "popularity"), withinPercentage(1));
  }

  private JsonNode evaluate(Path events, int parallelism) throws Exception {
    Path figures = directory.resolve("figures" + parallelism + ".json");
    Launched.Outcome outcome =
        Launched.freshet(
                directory,
                "evaluate",
                "stream",
                "--events=" + events,
                "--parallelism=" + parallelism,
                "--json=" + figures)
            .end(140);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return JSON.readTree(figures.toFile());
  }

  private static double recall(JsonNode report, String model) {
    return row(report, model).at("/warm/recall@20").asDouble();
  }

  private static long tests(JsonNode report, String model) {
    return row(report, model).at("/all/n").asLong();
  }

  private static JsonNode row(JsonNode report, String model) {
    for (JsonNode row : report.get("rows")) {
      if (row.get("name").asText().equals(model)) {
        return row;
      }
    }
    throw new AssertionError("no row of " + model);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.connect.replay.GeneratedTraffic;
import io.freshet.connect.replay.TrafficOptions;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that bring a broker and Flink along, from start to end. */
@Timeout(300)
class WholeRunE2E {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int EVENTS = 3000;

  @TempDir private Path directory;

  @Test
  void theDemoShowsFreshListsAndLeavesNothingBehind() throws Exception {
    Launched demo =
        Launched.freshet(
            directory, "demo", "--duration", "15s", "--set", "web.port=0", "--json", "demo.json");

    assertThat(demo.err()).isEmpty();
    assertThat(demo.code()).isZero();
    assertThat(demo.out())
        .containsPattern("Flink's page +http://127\\.0\\.0\\.1:")
        .containsPattern("u\\d+ now gets: i\\d+ i\\d+")
        .containsPattern("window \\d+ +Recall@20: freshet [\\d.]+, popularity [\\d.]+");
    JsonNode figures = JSON.readTree(directory.resolve("demo.json").toFile());
    assertThat(figures.get("events").asLong()).isGreaterThan(1000);
    assertThat(figures.get("lists").asLong()).isGreaterThan(100);
    assertThat(figures.get("dead_letters").asLong()).isZero();
    assertNothingTemporaryIsLeft();
  }

  @Test
  void anEvaluationTestsTheSameEventsForEveryRecommender() throws Exception {
    Path events = directory.resolve("events.jsonl");
    write(events);

    Launched evaluation =
        Launched.freshet(
            directory, "evaluate", "stream", "--events", "events.jsonl", "--json", "figures.json");

    assertThat(evaluation.err()).isEmpty();
    assertThat(evaluation.code()).isZero();
    Map<String, JsonNode> rows = new HashMap<>();
    for (JsonNode row : JSON.readTree(directory.resolve("figures.json").toFile()).get("rows")) {
      rows.put(row.get("name").asText(), row);
    }
    assertThat(rows).containsKeys("freshet", "popularity", "decayed-popularity", "item-knn");
    JsonNode freshet = rows.get("freshet");
    assertThat(freshet.at("/all/n").asLong()).isGreaterThan(EVENTS / 4);
    assertThat(freshet.at("/all/n")).isEqualTo(rows.get("popularity").at("/all/n"));
    assertThat(freshet.at("/warm/n")).isEqualTo(rows.get("popularity").at("/warm/n"));
    assertThat(freshet.at("/warm/recall@20").asDouble()).isBetween(0.01, 1.0);
    assertThat(freshet.at("/cpu_us/learn").asDouble()).isPositive();
    assertThat(evaluation.out()).contains("warm R@20").contains("item-knn");
    assertNothingTemporaryIsLeft();
  }

  private static void write(Path file) throws IOException {
    TrafficOptions options =
        TrafficOptions.startingAt(1_700_000_000_000L).withUsers(100).withItems(200);
    try (GeneratedTraffic traffic = new GeneratedTraffic(options);
        OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < EVENTS; i++) {
        Interaction event = traffic.next();
        // An item taken back and taken again is a first time to the job, a repeat to the baselines.
        if (!event.eventType().equals("cancel")) {
          out.write(InteractionJson.write(event));
          out.write('\n');
        }
      }
    }
  }

  private void assertNothingTemporaryIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(directory.resolve("tmp"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("freshet"));
    }
  }
}

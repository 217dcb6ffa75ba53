// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.job.MonitoringFiles.Query;
import io.freshet.job.PromQl.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonitoringFilesTest {
  private static final int COLUMNS = 24;

  @Test
  void everyMetricOfADashboardOrARuleIsOneThatTheJobExports() {
    List<String> unknown = new ArrayList<>();
    for (Query query : MonitoringFiles.queries()) {
      for (Selector selector : query.read().selectors()) {
        if (!ExportedNames.contains(selector.metric())) {
          unknown.add(query.where() + ": " + selector.metric());
        }
      }
    }

    assertThat(unknown).isEmpty();
  }

  @Test
  void aMisspeltMetricIsFoundWhereverItStands() {
    int names = 0;
    for (Query query : MonitoringFiles.queries()) {
      for (Selector selector : query.read().selectors()) {
        if (ExportedNames.PROMETHEUS.contains(selector.metric())) {
          continue;
        }
        names++;
        for (String misspelt : List.of(selector.metric() + "s", swapped(selector.metric()))) {
          assertThat(
                  PromQl.parse(query.expression().replace(selector.metric(), misspelt)).selectors())
              .as(query.where())
              .anyMatch(read -> !ExportedNames.contains(read.metric()));
        }
      }
    }

    assertThat(names).isGreaterThan(100);
  }

  // Of the last two letters that differ.
  private static String swapped(String name) {
    int at = name.length() - 2;
    while (name.charAt(at) == name.charAt(at + 1)) {
      at--;
    }
    return name.substring(0, at) + name.charAt(at + 1) + name.charAt(at) + name.substring(at + 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flink_taskmanager_job_task_operator_event",
        "flink_taskmanager_job_task_operator_events-late",
        "flink_taskmanager_job_task_events",
        "flink_taskmanager_job_task_operator_stage_",
        "flink_taskmanager_job_task_operator_stage_sort_cpu_nanos",
        "flink_taskmanager_job_task_operator_records_refused_",
        "flink_taskmanager_job_task_operator_books_events",
        "events",
      })
  void aNameThatIsNearlyOneIsNone(String metric) {
    assertThat(ExportedNames.contains(metric)).isFalse();
  }

  @Test
  void everyDashboardIsWhole() throws IOException {
    Set<String> uids = new HashSet<>();
    for (JsonNode dashboard : MonitoringFiles.dashboards()) {
      String title = dashboard.path("title").asText();
      assertThat(uids.add(dashboard.path("uid").asText())).as(title).isTrue();
      assertThat(dashboard.path("schemaVersion").asInt()).as(title).isPositive();
      assertThat(dashboard.path("templating").path("list").findValuesAsText("name"))
          .as(title)
          .contains("job_name");
      Set<Integer> ids = new HashSet<>();
      boolean[][] taken = new boolean[1000][COLUMNS];
      for (JsonNode panel : dashboard.path("panels")) {
        String where = title + " / " + panel.path("title").asText();
        assertThat(ids.add(panel.path("id").asInt())).as(where).isTrue();
        takePlace(where, panel.path("gridPos"), taken);
      }
      for (JsonNode panel : MonitoringFiles.panels(dashboard)) {
        String where = title + " / " + panel.path("title").asText();
        assertThat(panel.path("type").asText()).as(where).isIn("timeseries", "stat");
        assertThat(panel.path("description").asText()).as(where).isNotBlank();
        assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(where).isNotBlank();
        assertThat(panel.path("targets").findValuesAsText("expr")).as(where).isNotEmpty();
      }
    }
    assertThat(MonitoringFiles.dashboards())
        .extracting(dashboard -> dashboard.path("title").asText())
        .containsExactly("Freshet codebooks", "Freshet pipeline");
  }

  private static void takePlace(String where, JsonNode place, boolean[][] taken) {
    for (int y = place.path("y").asInt();
        y < place.path("y").asInt() + place.path("h").asInt();
        y++) {
      for (int x = place.path("x").asInt();
          x < place.path("x").asInt() + place.path("w").asInt();
          x++) {
        assertThat(x).as(where).isLessThan(COLUMNS);
        assertThat(taken[y][x]).as(where + " lies over another").isFalse();
        taken[y][x] = true;
      }
    }
  }

  @Test
  void everyDashboardReadsTheDataSourceThatIsProvisioned() {
    String uid =
        MonitoringFiles.yaml("grafana/provisioning/datasources/freshet.yml")
            .at("/datasources/0/uid")
            .asText();

    assertThat(uid).isNotBlank();
    for (JsonNode dashboard : MonitoringFiles.dashboards()) {
      List<JsonNode> sources = dashboard.findValues("datasource");
      assertThat(sources).isNotEmpty();
      assertThat(sources).allMatch(source -> source.path("uid").asText().equals(uid));
    }
    assertThat(
            MonitoringFiles.yaml("grafana/provisioning/dashboards/freshet.yml")
                .at("/providers/0/options/path")
                .asText())
        .isEqualTo("$FRESHET_HOME/deploy/grafana/dashboards");
  }

  @Test
  void everyRuleIsWhole() {
    Set<String> names = new HashSet<>();
    for (JsonNode rule : MonitoringFiles.rules()) {
      String name = rule.path("alert").asText();
      assertThat(name).matches("Freshet([A-Z][a-z]+)+");
      assertThat(names.add(name)).as(name).isTrue();
      assertThat(rule.fieldNames())
          .toIterable()
          .as(name)
          .isSubsetOf("alert", "expr", "for", "labels", "annotations");
      assertThat(rule.path("for").asText("0m")).as(name).matches("\\d+[smh]");
      assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning");
      for (String text : List.of("summary", "description", "action")) {
        assertThat(rule.path("annotations").path(text).asText()).as(name + " " + text).isNotBlank();
      }
    }
    assertThat(names).hasSizeGreaterThan(12);
  }

  @Test
  void aRuleThatNamesALabelKeepsIt() {
    for (JsonNode rule : MonitoringFiles.rules()) {
      PromQl read = PromQl.parse(rule.path("expr").asText());
      for (Query query : MonitoringFiles.queries()) {
        if (query.expression().equals(rule.path("expr").asText()) && !read.labels().isEmpty()) {
          assertThat(read.labels()).as(query.where()).containsAll(query.labels());
        }
      }
    }
  }

  @Test
  void prometheusFindsTheRulesAndTheTargets() {
    JsonNode config = MonitoringFiles.yaml("prometheus/prometheus.yml");

    assertThat(config.at("/rule_files/0").asText()).isEqualTo("rules/*.yml");
    JsonNode scrape = config.at("/scrape_configs/0");
    assertThat(scrape.at("/file_sd_configs/0/files/0").asText()).isEqualTo("targets/*.yml");
    assertThat(MonitoringFiles.yaml("prometheus/targets/local.yml").at("/0/targets/0").asText())
        .isEqualTo("127.0.0.1:9249");
    assertThat(selectors("up"))
        .allMatch(up -> up.matchers().get(0).value().equals(scrape.path("job_name").asText()));
  }

  /** What Prometheus throws away cannot be shown. */
  @Test
  void nothingThatIsReadIsDropped() {
    JsonNode drop =
        MonitoringFiles.yaml("prometheus/prometheus.yml")
            .at("/scrape_configs/0/metric_relabel_configs");
    String metrics = drop.at("/0/regex").asText();
    String labels = drop.at("/1/regex").asText();

    assertThat(drop.at("/0/action").asText()).isEqualTo("drop");
    assertThat(drop.at("/1/action").asText()).isEqualTo("labeldrop");
    for (Query query : MonitoringFiles.queries()) {
      PromQl read = query.read();
      Set<String> used = new TreeSet<>(read.labels());
      used.addAll(query.labels());
      read.selectors()
          .forEach(
              selector -> {
                assertThat(selector.metric()).as(query.where()).doesNotMatch(metrics);
                selector.matchers().forEach(matcher -> used.add(matcher.label()));
              });
      assertThat(used).as(query.where()).noneMatch(label -> label.matches(labels));
    }
  }

  private static List<Selector> selectors(String metric) {
    return MonitoringFiles.queries().stream()
        .flatMap(query -> query.read().selectors().stream())
        .filter(selector -> selector.metric().equals(metric))
        .toList();
  }

  @Test
  void everyPanelAndEveryAlertIsExplained() throws IOException {
    String guide = Files.readString(MonitoringFiles.DEPLOY.resolve("docs/monitoring.md"));

    for (JsonNode dashboard : MonitoringFiles.dashboards()) {
      for (JsonNode panel : MonitoringFiles.panels(dashboard)) {
        assertThat(guide).contains("**" + panel.path("title").asText() + "**");
      }
    }
    for (JsonNode rule : MonitoringFiles.rules()) {
      assertThat(guide).contains("`" + rule.path("alert").asText() + "`");
    }
  }
}

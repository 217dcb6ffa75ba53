// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What lies in {@code deploy/prometheus} and {@code deploy/grafana}. */
final class MonitoringFiles {
  static final Path DEPLOY = Path.of("..", "deploy");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), *(\\w+)\\)");
  private static final Pattern IN_BRACES = Pattern.compile("\\{\\{ *(?:\\$labels\\.)?(\\w+) *}}");

  private MonitoringFiles() {}

  /**
   * An expression of a dashboard or a rule.
   *
   * @param where it stands, for a person
   * @param labels that its legend or its texts show
   */
  record Query(String where, String expression, List<String> labels) {
    PromQl read() {
      try {
        return PromQl.parse(expression);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
      }
    }
  }

  static List<JsonNode> dashboards() {
    return files(DEPLOY.resolve("grafana/dashboards"), ".json").stream()
        .map(file -> read(JSON, file))
        .toList();
  }

  static JsonNode yaml(String file) {
    return read(YAML, DEPLOY.resolve(file));
  }

  static List<JsonNode> rules() {
    List<JsonNode> rules = new ArrayList<>();
    for (Path file : files(DEPLOY.resolve("prometheus/rules"), ".yml")) {
      read(YAML, file).path("groups").forEach(group -> group.path("rules").forEach(rules::add));
    }
    return rules;
  }

  /** The panels of a dashboard, without its rows. */
  static List<JsonNode> panels(JsonNode dashboard) {
    List<JsonNode> panels = new ArrayList<>();
    dashboard.path("panels").forEach(panels::add);
    panels.removeIf(panel -> panel.path("type").asText().equals("row"));
    return panels;
  }

  /** Every expression of every dashboard and rule. */
  static List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    for (JsonNode dashboard : dashboards()) {
      collect(dashboard.path("title").asText(), dashboard, queries);
    }
    for (JsonNode rule : rules()) {
      collect("rules", rule, queries);
    }
    return queries;
  }

  // Whatever is called expr is an expression, wherever Grafana keeps it; variables have their own
  // form.
  private static void collect(String where, JsonNode node, List<Query> queries) {
    String here = where;
    for (String name : List.of("title", "alert", "name")) {
      if (node.path(name).isTextual() && !where.endsWith(node.path(name).asText())) {
        here = here + " / " + node.path(name).asText();
      }
    }
    if (node.has("expr")) {
      List<String> labels = new ArrayList<>();
      Matcher inBraces =
          IN_BRACES.matcher(node.path("legendFormat").asText() + node.path("annotations"));
      while (inBraces.find()) {
        labels.add(inBraces.group(1));
      }
      queries.add(new Query(here, node.path("expr").asText(), labels));
    }
    if (node.has("definition")) {
      Matcher variable = LABEL_VALUES.matcher(node.path("definition").asText());
      if (!variable.matches()) {
        throw new IllegalArgumentException(here + ": " + node.path("definition"));
      }
      queries.add(new Query(here, variable.group(1), List.of(variable.group(2))));
    }
    for (JsonNode child : node) {
      collect(here, child, queries);
    }
  }

  private static List<Path> files(Path directory, String end) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(ObjectMapper mapper, Path file) {
    try {
      return mapper.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}

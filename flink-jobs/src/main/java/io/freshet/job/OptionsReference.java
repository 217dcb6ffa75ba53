// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;

/** The reference of options, in Markdown, as {@code deploy/docs/configuration.md} holds it. */
public final class OptionsReference {
  private static final String HEAD =
      """
      # Options

      Made from `FreshetOptions`; a test fails when the two differ. Write options to a YAML file, nested or
      with dotted keys, and lay single ones over it with `--set key=value`:

      ```yaml
      kafka.bootstrap.servers: broker-1:9092,broker-2:9092
      events:
        weights:
          wishlist: 0.5
      checkpoint.dir: file:///var/lib/freshet/checkpoints
      ```

      `freshet validate --config FILE` reports every fault of a file at once. Times have a unit (`20 ms`, `5 s`,
      `10 min`, `1 d`), and so have sizes (`512 kb`, `64 mb`). A list is a YAML list; with `--set`, its elements are
      separated by semicolons.
      """;

  private OptionsReference() {}

  /** The whole reference. */
  public static String markdown() {
    StringBuilder text = new StringBuilder(HEAD);
    String category = "";
    for (ConfigOption<?> option : FreshetOptions.all()) {
      String next = option.key().substring(0, option.key().indexOf('.'));
      if (!next.equals(category)) {
        category = next;
        text.append("\n## ").append(category).append("\n\n");
        text.append("| option | default | meaning |\n|---|---|---|\n");
      }
      text.append("| `").append(option.key()).append(FreshetOptions.isMap(option) ? ".*" : "");
      text.append("` | ").append(defaultOf(option)).append(" | ");
      text.append(new HtmlFormatter().format(option.description())).append(" |\n");
    }
    return text.toString();
  }

  private static String defaultOf(ConfigOption<?> option) {
    Object value = option.hasDefaultValue() ? option.defaultValue() : null;
    String text = value == null ? "" : text(value);
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String text(Object value) {
    if (value instanceof Duration duration) {
      return DurationText.of(duration);
    }
    if (value instanceof MemorySize size) {
      return size.toHumanReadableString();
    }
    if (value instanceof Map<?, ?> map) {
      return String.join("`, `", entries(map));
    }
    if (value instanceof List<?> list) {
      return String.join("; ", list.stream().map(OptionsReference::text).toList());
    }
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
    return value.toString();
  }

  private static List<String> entries(Map<?, ?> map) {
    Map<String, String> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(key.toString(), value.toString()));
    return sorted.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .toList();
  }
}

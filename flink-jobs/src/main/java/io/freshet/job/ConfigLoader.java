// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * Loads a YAML file of options, nested or with dotted keys, and lays {@code key=value} texts over
 * it. What the options mean is {@link JobConfig}'s to say.
 */
public final class ConfigLoader {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  private ConfigLoader() {}

  /**
   * The options of a file with others laid over them.
   *
   * @param file YAML; null for no file
   * @param settings texts of the form {@code key=value}; the last of a key holds
   * @throws ConfigException if the file cannot be read or is no map, a key comes twice, or a text
   *     is not of that form
   */
  public static Configuration load(Path file, List<String> settings) {
    List<String> faults = new ArrayList<>();
    Configuration options = load(file, settings, faults);
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
    return options;
  }

  /**
   * The same, with what is wrong added to the faults: a text that is not of that form is left out,
   * and of a key that comes nested and dotted the last holds.
   *
   * @throws ConfigException if the file cannot be read or is no map
   */
  static Configuration load(Path file, List<String> settings, List<String> faults) {
    Map<String, String> values = file == null ? new LinkedHashMap<>() : read(file, faults);
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        faults.add("\"" + setting + "\" must be of the form key=value");
      } else {
        values.put(setting.substring(0, equals).trim(), setting.substring(equals + 1).trim());
      }
    }
    return Configuration.fromMap(values);
  }

  private static Map<String, String> read(Path file, List<String> faults) {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      JsonNode root = YAML.readTree(Files.readAllBytes(file));
      if (root.isObject()) {
        flatten("", root, values, faults);
      } else if (!root.isMissingNode() && !root.isNull()) {
        throw unreadable(file + " must hold options, one \"key: value\" a line");
      }
    } catch (NoSuchFileException e) {
      throw unreadable(file + " does not exist; give the path of a YAML file of options");
    } catch (JsonProcessingException e) {
      throw unreadable(
          file
              + ", line "
              + e.getLocation().getLineNr()
              + ": "
              + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw unreadable(file + " cannot be read: " + e.getMessage());
    }
    return values;
  }

  private static ConfigException unreadable(String fault) {
    return new ConfigException(List.of(fault));
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("not YAML");
  }

  private static void flatten(
      String prefix, JsonNode node, Map<String, String> values, List<String> faults) {
    Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      String key = prefix + field.getKey();
      JsonNode value = field.getValue();
      if (value.isObject()) {
        flatten(key + ".", value, values, faults);
      } else if (values.put(key, value.isArray() ? list(value) : value.asText()) != null) {
        faults.add(key + " is set twice, nested and with a dotted key; keep one of them");
      }
    }
  }

  // Flink's own form of a list: separated by semicolons, an element in single quotes where it holds
  // one, quotes inside doubled.
  private static String list(JsonNode array) {
    List<String> elements = new ArrayList<>();
    for (JsonNode element : array) {
      elements.add("'" + element.asText().replace("'", "''") + "'");
    }
    return String.join(";", elements);
  }
}

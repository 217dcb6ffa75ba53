// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/**
 * Reads options and gathers what is wrong with them. A faulty option reads as its default, so that
 * the checks after it can go on.
 */
final class OptionReader {
  private final Configuration configuration;
  private final Map<String, String> raw;
  private final List<String> faults;
  private final Set<ConfigOption<?>> read = new HashSet<>();

  /**
   * @param faults where to add what is wrong
   */
  OptionReader(Configuration configuration, List<String> faults) {
    this.configuration = configuration;
    this.faults = faults;
    this.raw = configuration.toMap();
  }

  String text(ConfigOption<String> option) {
    return value(option, text -> !text.isBlank(), "text that is not empty");
  }

  /** The value, or null: not every text option must be set. */
  String optionalText(ConfigOption<String> option) {
    return configuration.contains(option) ? text(option) : skip(option);
  }

  /** The value; a fault, and empty, when it is absent or blank. */
  String requiredText(ConfigOption<String> option, String example) {
    if (!configuration.contains(option)) {
      read.add(option);
      fault(option.key() + " is missing; set it, for example: " + option.key() + ": " + example);
      return "";
    }
    String text = text(option);
    return text == null ? "" : text;
  }

  String oneOf(ConfigOption<String> option, List<String> allowed) {
    return value(option, allowed::contains, "one of " + String.join(", ", allowed));
  }

  List<String> texts(ConfigOption<List<String>> option) {
    return List.copyOf(value(option, list -> !list.contains(""), "a list of texts, none empty"));
  }

  <E extends Enum<E>> E choice(ConfigOption<E> option) {
    E[] all = option.defaultValue().getDeclaringClass().getEnumConstants();
    String names = Arrays.stream(all).map(Enum::name).collect(Collectors.joining(", "));
    return value(option, one -> true, "one of " + names);
  }

  <E extends Enum<E>> Set<E> choices(ConfigOption<List<E>> option) {
    Object[] constants = option.defaultValue().get(0).getDeclaringClass().getEnumConstants();
    String all = Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", "));
    return Set.copyOf(value(option, list -> !list.isEmpty(), "one or more of " + all));
  }

  Map<String, String> map(ConfigOption<Map<String, String>> option) {
    return Map.copyOf(value(option, map -> true, "a map of texts"));
  }

  boolean flag(ConfigOption<Boolean> option) {
    return value(option, flag -> true, "true or false");
  }

  int integer(ConfigOption<Integer> option, int min, int max) {
    String allowed =
        max == Integer.MAX_VALUE
            ? "a whole number, " + min + " or more"
            : "a whole number from " + min + " to " + max;
    return value(option, number -> number >= min && number <= max, allowed);
  }

  int integer(ConfigOption<Integer> option, int min) {
    return integer(option, min, Integer.MAX_VALUE);
  }

  long integer(ConfigOption<Long> option) {
    return value(option, number -> true, "a whole number");
  }

  float positive(ConfigOption<Float> option) {
    return value(option, n -> n > 0 && Float.isFinite(n), "a number above 0");
  }

  float notNegative(ConfigOption<Float> option) {
    return value(option, n -> n >= 0 && Float.isFinite(n), "a number, 0 or more");
  }

  float atLeastOne(ConfigOption<Float> option) {
    return value(option, n -> n >= 1 && Float.isFinite(n), "a number, 1 or more");
  }

  float share(ConfigOption<Float> option) {
    return value(option, n -> n >= 0 && n <= 1, "a number from 0 to 1");
  }

  double fraction(ConfigOption<Double> option) {
    return value(option, n -> n >= 0 && n <= 1, "a number from 0 to 1");
  }

  double fractionBelowOne(ConfigOption<Double> option) {
    return value(option, n -> n >= 0 && n < 1, "a number from 0 to below 1");
  }

  double decimalNotNegative(ConfigOption<Double> option) {
    return value(option, n -> n >= 0 && Double.isFinite(n), "a number, 0 or more");
  }

  Duration duration(ConfigOption<Duration> option, Duration min) {
    return value(
        option,
        duration -> duration.compareTo(min) >= 0,
        "a time with its unit (20 ms, 5 s, 10 min, 1 d), " + DurationText.of(min) + " or more");
  }

  List<Duration> durations(ConfigOption<List<Duration>> option, Duration min) {
    return List.copyOf(
        value(
            option,
            list ->
                !list.isEmpty() && list.stream().allMatch(duration -> duration.compareTo(min) >= 0),
            "one or more times with their units (6 h; 1 d), each "
                + DurationText.of(min)
                + " or more"));
  }

  long bytes(ConfigOption<MemorySize> option, long min) {
    return value(
            option,
            size -> size.getBytes() >= min,
            "a size with its unit (512 kb, 64 mb, 1 gb), " + min + " bytes or more")
        .getBytes();
  }

  void fault(String sentence) {
    faults.add(sentence);
  }

  /** Adds a fault for each key that no option has, with the nearest one that some option has. */
  void checkKeys() {
    Set<String> known = new TreeSet<>();
    for (ConfigOption<?> option : FreshetOptions.all()) {
      known.add(option.key());
    }
    for (String key : new TreeSet<>(raw.keySet())) {
      if (!known.contains(key) && !isMapEntry(key)) {
        String nearest = EditDistance.nearest(key, known);
        fault(
            key
                + " is no option of Freshet"
                + (nearest == null
                    ? "; deploy/docs/configuration.md lists them all"
                    : "; did you mean " + nearest + "?"));
      }
    }
  }

  /** The options that were read; the others would be options that nothing reads. */
  Set<ConfigOption<?>> read() {
    return read;
  }

  private static boolean isMapEntry(String key) {
    for (ConfigOption<?> option : FreshetOptions.all()) {
      if (FreshetOptions.isMap(option) && key.startsWith(option.key() + ".")) {
        return true;
      }
    }
    return false;
  }

  private <T> T skip(ConfigOption<T> option) {
    read.add(option);
    return null;
  }

  private <T> T value(ConfigOption<T> option, Predicate<T> holds, String allowed) {
    read.add(option);
    T value;
    try {
      value = configuration.get(option);
    } catch (IllegalArgumentException e) {
      value = null;
    }
    if (value == null || !holds.test(value)) {
      fault(option.key() + " is \"" + given(option) + "\", but must be " + allowed);
      return option.defaultValue();
    }
    return value;
  }

  private String given(ConfigOption<?> option) {
    return raw.getOrDefault(option.key(), "");
  }
}

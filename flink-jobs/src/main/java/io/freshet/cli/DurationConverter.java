// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import java.time.Duration;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as the configuration writes them: 90s, 2min, 1h. */
final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String value) {
    try {
      return TimeUtils.parseDuration(value);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new TypeConversionException(
          "\"" + value + "\" is no time; give a number and its unit, such as 90s, 2min or 1h");
    }
  }
}

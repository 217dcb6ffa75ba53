// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A count such as {@code 500}, {@code 121k} or {@code 1.2m}. */
final class CountConverter implements ITypeConverter<Integer> {
  private static final Pattern COUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)([km]?)");

  @Override
  public Integer convert(String text) {
    Matcher matcher = COUNT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw refused(text);
    }
    double unit = matcher.group(2).isEmpty() ? 1 : matcher.group(2).equals("k") ? 1e3 : 1e6;
    double count = Math.rint(Double.parseDouble(matcher.group(1)) * unit);
    if (count < 1 || count > Integer.MAX_VALUE) {
      throw refused(text);
    }
    return (int) count;
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "\"" + text + "\" is no count from 1 to 2147 million; write it as 500, 121k or 1.2m");
  }
}

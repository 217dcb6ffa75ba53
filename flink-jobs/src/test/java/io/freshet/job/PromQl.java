// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of Prometheus's language reads: its selectors, and the labels it groups by.
 * Not a check of its syntax, but nothing that could be a metric is passed over: whatever is neither
 * a function, an operator, a grouping nor a number counts as one.
 *
 * @param selectors metrics with their label matchers, as often as they stand there
 * @param labels named in {@code by}, {@code on} and their like
 */
record PromQl(List<Selector> selectors, Set<String> labels) {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|#[^\n]*"
              + "|(?<string>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`)"
              + "|(?<number>[0-9.][0-9a-zA-Z.]*)"
              + "|(?<variable>\\$\\w+|\\$\\{\\w+})"
              + "|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "|(?<symbol>=~|!~|!=|==|<=|>=|[-+*/%^=<>(){}\\[\\],@])");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "sum",
          "min",
          "max",
          "avg",
          "count",
          "topk",
          "rate",
          "increase",
          "changes",
          "deriv",
          "delta",
          "avg_over_time",
          "min_over_time",
          "max_over_time",
          "absent",
          "time",
          "clamp_min",
          "clamp_max");

  private static final Set<String> GROUPINGS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "offset", "bool");

  /** A metric, and what its labels must be. */
  record Selector(String metric, List<LabelMatcher> matchers) {
    boolean matches(Exposition.Sample sample) {
      return metric.equals(sample.name())
          && matchers.stream()
              .allMatch(matcher -> matcher.matches(sample.labels().get(matcher.label())));
    }
  }

  /** A condition on a label; one that holds a variable of Grafana's is met by any value. */
  record LabelMatcher(String label, String operator, String value) {
    boolean matches(String actual) {
      String text = actual == null ? "" : actual;
      if (value.contains("$")) {
        return !text.isEmpty();
      }
      return switch (operator) {
        case "=" -> text.equals(value);
        case "!=" -> !text.equals(value);
        case "=~" -> text.matches(value);
        case "!~" -> !text.matches(value);
        default -> throw new IllegalArgumentException("no matcher: " + operator);
      };
    }
  }

  private enum Kind {
    STRING,
    NUMBER,
    VARIABLE,
    NAME,
    SYMBOL,
    END
  }

  private record Token(Kind kind, String text) {
    boolean is(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if something in it is unknown here, or brackets do not match
   */
  static PromQl parse(String expression) {
    return new Reader(expression).read();
  }

  private static final class Reader {
    private final String expression;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> labels = new TreeSet<>();
    private int at;

    Reader(String expression) {
      this.expression = expression;
      Matcher matcher = TOKEN.matcher(expression);
      int end = 0;
      while (matcher.find() && matcher.start() == end) {
        end = matcher.end();
        for (Kind kind : Kind.values()) {
          if (kind != Kind.END && matcher.group(kind.name().toLowerCase()) != null) {
            tokens.add(new Token(kind, matcher.group()));
          }
        }
      }
      if (end != expression.length()) {
        throw fault("cannot read on from: " + expression.substring(end));
      }
    }

    PromQl read() {
      int open = 0;
      while (at < tokens.size()) {
        Token token = next();
        if (token.kind() == Kind.NAME) {
          name(token.text());
        } else if (token.is("[")) {
          skipTo("]");
        } else if (token.is("{")) {
          throw fault("a selector without a metric");
        }
        open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        if (open < 0) {
          throw fault("a bracket too many");
        }
      }
      if (open != 0) {
        throw fault("a bracket is not closed");
      }
      return new PromQl(selectors, labels);
    }

    private void name(String name) {
      boolean called = peek().is("(") || peek().kind() == Kind.NAME;
      if (GROUPINGS.contains(name)) {
        if (peek().is("(")) {
          next();
          skipTo(")");
        }
      } else if (FUNCTIONS.contains(name) && called || OPERATORS.contains(name)) {
        return;
      } else if (peek().is("(")) {
        throw fault("the function " + name + " is not known here");
      } else {
        selectors.add(new Selector(name, peek().is("{") ? matchers() : List.of()));
      }
    }

    private List<LabelMatcher> matchers() {
      List<LabelMatcher> matchers = new ArrayList<>();
      next();
      while (!peek().is("}")) {
        String label = expect(Kind.NAME);
        String operator = expect(Kind.SYMBOL);
        String value = expect(Kind.STRING);
        matchers.add(new LabelMatcher(label, operator, value.substring(1, value.length() - 1)));
        if (peek().is(",")) {
          next();
        }
      }
      next();
      return matchers;
    }

    /** Skips to a closing bracket; names before it are labels of a grouping. */
    private void skipTo(String closing) {
      for (Token token = next(); !token.is(closing); token = next()) {
        if (closing.equals(")") && token.kind() == Kind.NAME) {
          labels.add(token.text());
        }
      }
    }

    private String expect(Kind kind) {
      Token token = next();
      if (token.kind() != kind) {
        throw fault("\"" + token.text() + "\" where a " + kind + " belongs");
      }
      return token.text();
    }

    private Token peek() {
      return at < tokens.size() ? tokens.get(at) : new Token(Kind.END, "");
    }

    private Token next() {
      if (at == tokens.size()) {
        throw fault("it ends too early");
      }
      return tokens.get(at++);
    }

    private IllegalArgumentException fault(String what) {
      return new IllegalArgumentException(what + ", in: " + expression);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.job.PromQl.LabelMatcher;
import io.freshet.job.PromQl.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a_total; a_total",
        "rate(a[5m]); a",
        "sum by (x, y) (rate(a{x=\"b\"}[$__rate_interval])); a",
        "sum(rate(a[5m])) by (x) / on (x) group_left (y) b; a b",
        "a > 0 and b == bool 1 or c unless d; a b c d",
        "deriv((sum by (x) (a))[15m:1m]) > 0; a",
        "time() - max(a) / 1000 offset 5m; a",
        "a # and not b; a",
        "-a * 1e3 + 0.5; a",
        "sum / rate; sum rate",
        "min(sum:of_it{x=~\"a|b\", y!=\"{c}\"}); sum:of_it",
      })
  void findsEveryMetricAndNothingElse(String expression, String metrics) {
    assertThat(PromQl.parse(expression).selectors())
        .extracting(Selector::metric)
        .containsExactly(metrics.split(" "));
  }

  @Test
  void keepsTheConditionsOnLabelsAndTheLabelsOfGroups() {
    PromQl read = PromQl.parse("sum by (job, level) (a{x=\"1\",y!~\"b.*\"}) / ignoring(z) c");

    assertThat(read.selectors())
        .containsExactly(
            new Selector(
                "a", List.of(new LabelMatcher("x", "=", "1"), new LabelMatcher("y", "!~", "b.*"))),
            new Selector("c", List.of()));
    assertThat(read.labels()).containsExactlyInAnyOrder("job", "level", "z");
  }

  @Test
  void aSelectorTakesTheSamplesThatPrometheusWouldTake() {
    Exposition exposition =
        Exposition.parse(
            """
            # HELP a what it is
            # TYPE a gauge
            a{x="1",y="two, \\"three\\"",} 1.5
            a{x="2",} NaN
            b 7.0
            """);

    assertThat(taken("a{x=\"1\"}", exposition)).containsExactly(1.5);
    assertThat(taken("a{x=~\"1|2\",y!=\"\"}", exposition)).containsExactly(1.5);
    assertThat(taken("a{y=\"\"}", exposition)).containsExactly(Double.NaN);
    assertThat(taken("a{x!~\"1\"}", exposition)).containsExactly(Double.NaN);
    assertThat(taken("a{x=\"$x\"}", exposition)).hasSize(2);
    assertThat(taken("a{z=\"$z\"}", exposition)).isEmpty();
    assertThat(taken("b", exposition)).containsExactly(7.0);
  }

  private static List<Double> taken(String selector, Exposition exposition) {
    Selector read = PromQl.parse(selector).selectors().get(0);
    return exposition.samples().stream()
        .filter(read::matches)
        .map(Exposition.Sample::value)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(a",
        "a)",
        "a{x=1}",
        "a{x=\"1\"",
        "{x=\"1\"}",
        "rates(a[5m])",
        "a[5m",
        "a ? b",
        "sum(a))(",
      })
  void refusesWhatItCannotRead(String expression) {
    assertThatThrownBy(() -> PromQl.parse(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expression);
  }
}

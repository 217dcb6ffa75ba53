// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A drift that is planted is one that is found, by the command as a newcomer starts it. */
@Timeout(300)
class DriftE2E {
  @TempDir private Path directory;

  @Test
  void tastesThatSwapRaiseAnAlarmAndNoneIsRaisedBefore() throws Exception {
    Path figures = directory.resolve("figures.json");
    Launched.Outcome outcome =
        Launched.freshet(
                directory,
                "evaluate",
                "drift",
                "--kind=swap",
                "--events=30k",
                "--drift-at=18k",
                "--users=800",
                "--items=1600",
                "--span=1k",
                "--set=codebook.refit.min-users=100",
                "--set=codebook.refit.interval=1 s",
                "--json=" + figures)
            .end(240);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("swap, seed 1").contains("adwin");
    JsonNode run = new ObjectMapper().readTree(figures.toFile()).get("runs").get(0);
    assertThat(run.get("false_alarms").asInt()).isZero();
    assertThat(run.get("events_to_alarm").asLong()).isBetween(0L, 12_000L);
    assertThat(run.at("/recall/lowest").asDouble())
        .isLessThan(0.8 * run.at("/recall/before").asDouble());
  }
}

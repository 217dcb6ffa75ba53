// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schema.CodebookAlarm;
import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookDrift.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodebookTextTest {
  private static final CodebookAlarm ALARM =
      new CodebookAlarm("error", 1, "page-hinkley", 4.5, 3, 1_000);

  private static CodebookDrift drift(long epoch, long version, int level, Outcome outcome) {
    return new CodebookDrift(
        "users",
        epoch,
        version,
        level,
        2,
        5_000,
        6_000 + version,
        outcome,
        outcome == Outcome.PUBLISHED ? null : "the reason",
        new CodebookDrift.Figures(
            1234,
            4,
            3,
            2.75,
            1,
            2,
            0.5,
            0.25,
            0.03,
            0.125,
            1.5,
            31.25,
            new double[] {.5, .25, 0, .01}),
        List.of(ALARM));
  }

  @Test
  void aLevelIsOneLineWithABarForEachCodeAndItsOwnAlarmsBelow() {
    String[] lines = CodebookText.of(drift(1, 7, 1, Outcome.PUBLISHED)).split("\\R");

    assertThat(lines[0])
        .isEqualTo(
            "  level 1  \u2588\u2584.\u2581  3 of 4 used, perplexity 2.8, error 0.250, changed 12.5%,"
                + " moved 3.0%, separation 1.5, dead 1, expired 2");
    assertThat(lines[1])
        .startsWith("  ALARM error of level 1 since ")
        .endsWith("(page-hinkley 4.500 above 3)");
    assertThat(lines).hasSize(2);
    assertThat(CodebookText.of(drift(1, 7, 2, Outcome.PUBLISHED))).doesNotContain("ALARM");
  }

  @Test
  void theWholePathIsOneLineWithWhatBecameOfTheReFit() {
    assertThat(CodebookText.of(drift(1, 7, 0, Outcome.PUBLISHED)))
        .endsWith(
            "  users version 7  published: 1,234 vectors, 3 paths, largest 50.0%, error 0.250,"
                + " changed 12.5%, rank 31.3");
    assertThat(CodebookText.of(drift(1, 7, 0, Outcome.HELD_BACK)))
        .contains("version 7  held back (the reason): 1,234 vectors");
  }

  @Test
  void theRecordsOfAReFitComeTogetherInWhateverOrderTheyWereRead() {
    RefitRecords refits = new RefitRecords();
    assertThat(refits.add(drift(1, 7, 2, Outcome.PUBLISHED))).isEmpty();
    assertThat(refits.add(drift(1, 8, 2, Outcome.PUBLISHED))).isEmpty();
    assertThat(refits.add(drift(1, 7, 0, Outcome.PUBLISHED))).isEmpty();
    assertThat(refits.add(drift(1, 7, 0, Outcome.PUBLISHED))).as("a repeat").isEmpty();

    assertThat(refits.add(drift(1, 7, 1, Outcome.PUBLISHED)))
        .extracting(CodebookDrift::level)
        .containsExactly(0, 1, 2);
    assertThat(refits.add(drift(1, 8, 0, Outcome.REFUSED))).hasSize(1);
  }

  @Test
  void thoseOfReFitsThatAreNeverWholeDoNotPileUp() {
    RefitRecords refits = new RefitRecords();
    assertThat(refits.add(drift(1, 0, 1, Outcome.PUBLISHED))).isEmpty();
    assertThat(refits.add(drift(1, 0, 2, Outcome.PUBLISHED))).isEmpty();
    for (int version = 1; version <= 256; version++) {
      assertThat(refits.add(drift(1, version, 1, Outcome.PUBLISHED))).isEmpty();
    }
    assertThat(refits.add(drift(1, 0, 0, Outcome.PUBLISHED))).as("forgotten").isEmpty();
  }

  @Test
  void theVersionsKeptAreTheLatestThatWerePublishedOrRolledBackTo() {
    KeptVersions kept = new KeptVersions(3);
    for (int version = 1; version <= 4; version++) {
      kept.add(drift(1, version, 0, Outcome.PUBLISHED));
    }
    kept.add(drift(1, 4, 0, Outcome.HELD_BACK));
    kept.add(drift(1, 4, 0, Outcome.REFUSED));
    kept.add(drift(1, 5, 1, Outcome.PUBLISHED));
    kept.add(drift(1, 5, 0, Outcome.ROLLED_BACK));
    assertThat(kept.all()).extracting(CodebookDrift::version).containsExactly(3L, 4L, 5L);

    kept.add(drift(2, 4, 0, Outcome.PUBLISHED));
    assertThat(kept.all())
        .as("a restored job went on at 4; what the lost one had as 4 and 5 is gone")
        .extracting(CodebookDrift::version)
        .containsExactly(2L, 3L, 4L);
    assertThat(kept.all()).last().extracting(CodebookDrift::epoch).isEqualTo(2L);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static io.freshet.operator.Learners.side;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.ModelOptions;
import io.freshet.model.SplitMix;
import io.freshet.model.codebook.CodeStatistics;
import io.freshet.model.codebook.CodebookOptions;
import io.freshet.model.codebook.Codebooks;
import io.freshet.model.codebook.ResidualQuantiser;
import io.freshet.schema.CodebookAlarm;
import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookDrift.Outcome;
import io.freshet.schema.CodebookRow;
import io.freshet.schema.ControlEvent;
import io.freshet.schema.FitterInput;
import io.freshet.schema.QualityWindow;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CodebookFitterTest {
  private static final int DIM = 4;
  private static final int LEVELS = 2;
  private static final int CODES = 4;
  private static final int USERS = 200;
  private static final long INTERVAL = 1000;
  private static final long BUILT_AT = 50;

  private final SplitMix random = new SplitMix(7);

  private static CodebookOptions.Builder options() {
    return CodebookOptions.builder()
        .levels(LEVELS)
        .codes(CODES)
        .minUsers(USERS)
        .refitIntervalMillis(INTERVAL);
  }

  private static OneInputStreamOperatorTestHarness<FitterInput, CodebookRow> open(
      CodebookOptions books, long clock, OperatorSubtaskState from) throws Exception {
    ModelOptions model = ModelOptions.builder().dim(DIM).codebooks(books).build();
    OneInputStreamOperatorTestHarness<FitterInput, CodebookRow> harness =
        new OneInputStreamOperatorTestHarness<>(new CodebookFitter(model, BUILT_AT));
    harness.setProcessingTime(clock);
    harness.setup();
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
    return harness;
  }

  /** What a learner gathers of users in four groups, by the books that it has; null for none. */
  private StreamRecord<FitterInput> codes(CodebookRow row, int users, long eventTime) {
    float[] x = new float[users * DIM];
    random.fillGaussian(x, 0, x.length, 0.1f);
    for (int user = 0; user < users; user++) {
      x[user * DIM + user % DIM] += 1;
    }
    Codebooks books =
        row == null
            ? Codebooks.empty(Long.MIN_VALUE, LEVELS, CODES, DIM)
            : CodebookRecords.books(row);
    CodeStatistics gathered = new CodeStatistics(books, 64);
    if (row == null) {
      ResidualQuantiser.gatherVectors(x, users, gathered, random);
    } else {
      int[] paths = new int[users * LEVELS];
      Arrays.fill(paths, -1);
      new ResidualQuantiser(books).gather(x, users, null, paths, paths, gathered, random);
    }
    return new StreamRecord<>(FitterInput.of(CodebookRecords.delta(gathered, eventTime)));
  }

  private static StreamRecord<FitterInput> rollBack(String books, long version, long timestamp) {
    return new StreamRecord<>(FitterInput.of(ControlEvent.rollBack(books, version, timestamp)));
  }

  private static StreamRecord<FitterInput> quality(long window, long hits) {
    QualityWindow.Sums sums = new QualityWindow.Sums(1000, hits / 2, hits, hits * 0.4);
    return new StreamRecord<>(
        FitterInput.of(
            new QualityWindow("freshet", window, window, window + 1, sums, sums, false)));
  }

  private static List<CodebookDrift> drift(OneInputStreamOperatorTestHarness<?, ?> fitter) {
    return side(fitter.getSideOutput(CodebookFitter.DRIFT));
  }

  private static CodebookDrift lastDrift(OneInputStreamOperatorTestHarness<?, ?> fitter) {
    List<CodebookDrift> drift = drift(fitter);
    return drift.get(drift.size() - 1);
  }

  private static CodebookRow last(
      OneInputStreamOperatorTestHarness<FitterInput, CodebookRow> fitter) {
    List<CodebookRow> rows = fitter.extractOutputValues();
    return rows.get(rows.size() - 1);
  }

  /** Lets the fitter publish this many versions. */
  private void fit(OneInputStreamOperatorTestHarness<FitterInput, CodebookRow> fitter, int versions)
      throws Exception {
    CodebookRow row = null;
    for (int i = 1; i <= versions; i++) {
      fitter.processElement(codes(row, USERS, i * INTERVAL));
      row = last(fitter);
      assertThat(row.version()).isEqualTo(i);
    }
  }

  @Test
  void theFirstBooksWaitForEnoughVectorsOfAllLearners() throws Exception {
    try (var fitter = open(options().build(), 100, null)) {
      fitter.processElement(codes(null, USERS / 2, 10));
      assertThat(fitter.extractOutputValues()).isEmpty();

      fitter.processElement(codes(null, USERS / 2, 20));

      CodebookRow row = last(fitter);
      assertThat(row.key()).isEqualTo("codebook/users");
      assertThat(row.epoch()).isEqualTo(100);
      assertThat(row.version()).isEqualTo(1);
      assertThat(row.eventTime()).isEqualTo(20);
      assertThat(row.centroids()).hasSize(LEVELS * CODES * DIM);
      assertThat(drift(fitter)).extracting(CodebookDrift::level).containsExactly(0, 1, 2);
      assertThat(drift(fitter))
          .allSatisfy(
              drift -> {
                assertThat(drift.outcome()).isEqualTo(Outcome.PUBLISHED);
                assertThat(drift.version()).isEqualTo(1);
                assertThat(drift.levels()).isEqualTo(LEVELS);
                assertThat(drift.generatedAt()).isEqualTo(100);
                assertThat(drift.figures().users()).isEqualTo(USERS);
              });
      assertThat(drift(fitter).get(1).figures().codesUsed()).as("a code a group").isEqualTo(4);
      assertThat(drift(fitter).get(1).figures().error()).isLessThan(0.1);
    }
  }

  @Test
  void aReFitWaitsForItsIntervalOfEventTime() throws Exception {
    try (var fitter = open(options().build(), 100, null)) {
      fit(fitter, 1);
      CodebookRow first = last(fitter);
      fitter.processElement(codes(first, USERS, 2 * INTERVAL - 1));
      assertThat(last(fitter).version()).isEqualTo(1);

      fitter.processElement(codes(first, 1, 2 * INTERVAL));

      assertThat(last(fitter).version()).isEqualTo(2);
      assertThat(lastDrift(fitter).figures().users()).isEqualTo(USERS + 1);
      assertThat(lastDrift(fitter).key()).isEqualTo("users/2");
    }
  }

  @Test
  void statisticsOfOlderBooksAreLeftAside() throws Exception {
    try (var fitter = open(options().build(), 100, null)) {
      fit(fitter, 1);
      CodebookRow first = last(fitter);
      fitter.processElement(codes(first, USERS, 2 * INTERVAL));
      assertThat(last(fitter).version()).isEqualTo(2);

      fitter.processElement(codes(first, USERS, 3 * INTERVAL));
      assertThat(last(fitter).version()).isEqualTo(2);

      fitter.processElement(codes(last(fitter), USERS, 3 * INTERVAL));
      assertThat(last(fitter).version()).isEqualTo(3);
      assertThat(lastDrift(fitter).figures().users()).isEqualTo(USERS);
    }
  }

  @Test
  void afterARestoreTheBooksAreAnnouncedInANewEpochAndVersionsGoOn() throws Exception {
    OperatorSubtaskState state;
    CodebookRow before;
    try (var fitter = open(options().build(), 100, null)) {
      fit(fitter, 3);
      before = last(fitter);
      fitter.processElement(codes(before, USERS / 2, 3 * INTERVAL + 1));
      state = fitter.snapshot(1, 1);
    }
    try (var fitter = open(options().build(), 90, state)) {
      fitter.setProcessingTime(91);
      CodebookRow announced = last(fitter);
      assertThat(announced.epoch()).as("a clock that was set back").isEqualTo(101);
      assertThat(announced.version()).isEqualTo(3);
      assertThat(announced.centroids()).isEqualTo(before.centroids());
      assertThat(drift(fitter)).isEmpty();

      fitter.processElement(codes(before, USERS, 4 * INTERVAL));
      assertThat(last(fitter).version()).as("those of the lost epoch are stale").isEqualTo(3);

      fitter.processElement(codes(announced, USERS / 2, 4 * INTERVAL));
      assertThat(last(fitter).version()).as("with what was gathered before").isEqualTo(4);
      fitter.processElement(rollBack("users", 2, 0));
      assertThat(lastDrift(fitter).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }
  }

  @Test
  void aStateOfAnotherShapeStartsAnewInALaterEpoch() throws Exception {
    OperatorSubtaskState state;
    try (var fitter = open(options().build(), 100, null)) {
      fit(fitter, 2);
      state = fitter.snapshot(1, 1);
    }
    try (var fitter = open(options().codes(CODES + 1).build(), 90, state)) {
      fitter.setProcessingTime(91);
      assertThat(fitter.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void anOrderBringsEarlierBooksBackUnderANewVersion() throws Exception {
    try (var fitter = open(options().build(), 100, null)) {
      fit(fitter, 3);
      List<CodebookRow> rows = fitter.extractOutputValues();
      fitter.setProcessingTime(200);

      fitter.processElement(rollBack("users", 2, 150));

      CodebookRow back = last(fitter);
      assertThat(back.version()).isEqualTo(4);
      assertThat(back.centroids()).isEqualTo(rows.get(1).centroids());
      CodebookDrift drift = lastDrift(fitter);
      assertThat(drift.outcome()).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(drift.version()).isEqualTo(4);
      assertThat(drift.reason()).isEqualTo("to version 2");
      assertThat(drift.generatedAt()).isEqualTo(200);

      fitter.processElement(codes(back, USERS, 4 * INTERVAL));
      assertThat(last(fitter).version()).as("re-fits go on from there").isEqualTo(5);
    }
  }

  @Test
  void anOrderThatCannotBeFollowedIsRefusedWithTheReason() throws Exception {
    try (var fitter = open(options().versions(2).build(), 100, null)) {
      fitter.processElement(rollBack("users", 1, 150));
      assertThat(lastDrift(fitter).outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(lastDrift(fitter).reason()).isEqualTo("there are no books yet");

      fit(fitter, 3);
      int published = fitter.extractOutputValues().size();
      fitter.processElement(rollBack("users", 1, 150));
      assertThat(lastDrift(fitter).reason())
          .isEqualTo("version 1 is not kept; those kept are 2, 3");
      assertThat(lastDrift(fitter).version()).isEqualTo(3);
      assertThat(lastDrift(fitter).level()).isZero();
      fitter.processElement(rollBack("items", 1, 150));
      assertThat(lastDrift(fitter).reason())
          .isEqualTo("there are no books of items, only of users");
      assertThat(fitter.extractOutputValues()).hasSize(published);
    }
  }

  @Test
  void anOrderFromBeforeTheJobIsAnotherJobs() throws Exception {
    try (var fitter = open(options().build(), 100, null)) {
      fit(fitter, 2);
      int told = drift(fitter).size();

      fitter.processElement(rollBack("users", 1, BUILT_AT - 1));
      assertThat(drift(fitter)).hasSize(told);

      fitter.processElement(rollBack("users", 1, BUILT_AT));
      assertThat(last(fitter).version()).isEqualTo(3);
    }
  }

  @Test
  void aReFitThatIsHeldBackIsToldAndNotPublished() throws Exception {
    try (var fitter = open(options().frozenAfter(1).build(), 100, null)) {
      fit(fitter, 1);

      fitter.processElement(codes(last(fitter), USERS, 2 * INTERVAL));

      assertThat(fitter.extractOutputValues()).hasSize(1);
      assertThat(lastDrift(fitter).outcome()).isEqualTo(Outcome.HELD_BACK);
      assertThat(lastDrift(fitter).version()).isEqualTo(1);
      assertThat(lastDrift(fitter).reason()).contains("stand still");
    }
  }

  @Test
  void aLossOfRecallStandsInTheRecordsAsAnAlarm() throws Exception {
    try (var fitter = open(options().build(), 100, null)) {
      fit(fitter, 1);
      for (int window = 0; window < 20; window++) {
        fitter.processElement(quality(window, 300));
      }
      fitter.processElement(codes(last(fitter), USERS, 2 * INTERVAL));
      assertThat(lastDrift(fitter).alarms()).isEmpty();

      for (int window = 20; window < 25; window++) {
        fitter.processElement(quality(window, 100));
      }
      fitter.processElement(codes(last(fitter), USERS, 3 * INTERVAL));

      assertThat(lastDrift(fitter).alarms())
          .extracting(CodebookAlarm::metric)
          .containsExactly("recall");
      OperatorSubtaskState state = fitter.snapshot(1, 1);
      try (var again = open(options().build(), 200, state)) {
        again.setProcessingTime(201);
        again.processElement(codes(last(again), USERS, 4 * INTERVAL));
        assertThat(lastDrift(again).alarms()).hasSize(1);
      }
    }
  }

  @Test
  void aFitterWithoutLevelsDoesNothing() throws Exception {
    try (var fitter = open(null, 100, null)) {
      fitter.processElement(codes(null, USERS, 10));
      fitter.processElement(rollBack("users", 1, 150));
      fitter.snapshot(1, 1);

      assertThat(fitter.extractOutputValues()).isEmpty();
      assertThat(drift(fitter)).isEmpty();
    }
  }
}

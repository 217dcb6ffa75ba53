// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** One fixed value of every type that has a serializer, and random ones. */
final class Samples {
  static final Interaction INTERACTION =
      new Interaction(
          "e-1",
          "u-42",
          "i-7",
          "rating",
          1_750_000_000_000L,
          4.5f,
          "r-9",
          Map.of("page", "h\u00f6me \u4f60\u597d"));

  static final ControlEvent CONTROL =
      new ControlEvent(ControlEvent.Action.HIDE_ITEM, "i-7", 1_750_000_000_000L);

  static final DeadLetter DEAD_LETTER =
      new DeadLetter(
          null,
          new byte[] {'{', 0, -1},
          RecordError.WRONG_TYPE,
          "user_id must be a string, not the number 5",
          "decode",
          "freshet.interactions.v1",
          3,
          1L << 40);

  private static final UserEdges EDGES =
      new UserEdges(
          new String[] {"i-1", "i-2"},
          new long[] {1_750_000_000_000L, 1_750_000_000_001L},
          new float[] {1, 0});

  private static final RowCounts COUNTS =
      new RowCounts(
          3,
          9,
          new double[] {1.75, 2.5},
          4.5,
          1_750_000_000_000L,
          1_749_990_000_000L,
          1_750_000_000_001L);

  private static final CodebookRow BOOKS =
      new CodebookRow(
          "users",
          3,
          12,
          2,
          1,
          3,
          new float[] {1, -0.5f, 3e-7f, 2, 0, -4},
          new float[] {0.75f, 1},
          1_750_000_000_000L);

  private static final CodeDelta CODES =
      new CodeDelta(
          "users",
          3,
          12,
          2,
          1,
          3,
          1_750_000_000_000L,
          7,
          6.5,
          5,
          4,
          new long[] {7, 8},
          new float[] {7.5f, 8.5f},
          new float[] {1, 2, 3, 4, 5, 6},
          new double[] {2.5, 1.5},
          new long[] {3, 2},
          new float[] {1, 0, 0, 0, 2, 0, 0, 0, 3},
          new int[] {0, 7},
          9,
          new float[] {0.5f, 0.25f, 0.125f},
          new float[] {0.75f});

  private Samples() {}

  /** A value whose every field differs from its default and from its neighbours. */
  static Object fixed(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "Interaction" -> INTERACTION;
      case "ControlEvent" -> CONTROL;
      case "DeadLetter" -> DEAD_LETTER;
      case "Decoded" -> Decoded.of(INTERACTION);
      case "RecommendationList" ->
          new RecommendationList(
              "u-42",
              List.of(new ScoredItem("i-7", 1.25f), new ScoredItem("i-3", -0.5f)),
              17,
              1_750_000_000_000L,
              1_750_000_000_250L,
              RecommendationList.Reason.REFRESH,
              new int[] {3, 1, 7});
      case "ItemRow" ->
          new ItemRow(
              "i-7",
              2,
              12,
              new float[] {1, -0.5f, 3e-7f},
              0.25f,
              COUNTS,
              new RowCompanions(
                  new String[] {"i-3", "i-9"}, new float[] {3, 1}, new float[] {0.5f, 0}),
              true,
              new long[] {8, 0, 5});
      case "ItemDelta" ->
          new ItemDelta(
              "i-7",
              1,
              99,
              new float[] {0.125f, -2},
              COUNTS,
              new RowCompanions(new String[] {"i-4"}, new float[] {2}, new float[] {1}),
              ItemDelta.Visibility.SHOW);
      case "UserState" ->
          new UserState(
              new float[] {0.5f, -1.5f},
              0.75f,
              -0.25f,
              0.125f,
              4,
              UserEdges.NONE,
              1_750_000_000_002L,
              new String[] {"i-9"},
              1_750_000_000_003L,
              new int[] {3, 1, 7},
              1_750_000_000_004L,
              12,
              1_750_000_000_005L);
      case "UserEdges" -> EDGES;
      case "RowCompanions" ->
          new RowCompanions(new String[] {"i-4", "i-5"}, new float[] {2, 1}, new float[] {1, 0});
      case "TestOutcome" -> new TestOutcome("freshet", 7, true, 1_750_000_000_000L);
      case "QualityWindow" ->
          new QualityWindow(
              "freshet",
              4,
              1_750_000_000_000L,
              1_750_000_360_000L,
              new QualityWindow.Sums(900, 120, 210, 81.5),
              new QualityWindow.Sums(1000, 121, 212, 82.25),
              true);
      case "CodebookDrift" ->
          new CodebookDrift(
              "users",
              1_750_000_000_000L,
              12,
              1,
              3,
              1_750_000_000_001L,
              1_750_000_000_251L,
              CodebookDrift.Outcome.HELD_BACK,
              "the error rose",
              new CodebookDrift.Figures(
                  4980,
                  4,
                  3,
                  2.75,
                  1,
                  2,
                  0.5,
                  0.25,
                  0.03125,
                  0.125,
                  1.25,
                  31.5,
                  new double[] {0.5, 0.25, 0.25, 0}),
              List.of(
                  new CodebookAlarm("error", 1, "page-hinkley", 0.4, 0.3, 1_749_999_990_000L),
                  new CodebookAlarm("recall", 0, "adwin", 0.2, 0.1, 1_749_999_980_000L)));
      case "CodebookRow" -> BOOKS;
      case "ScorerDelta" -> new ScorerDelta(1, 7, new float[] {0.5f, -1}, new float[] {1, 3e-7f});
      case "ScorerRow" -> new ScorerRow(3, 12, new float[] {1, -0.5f}, new long[] {7, 0});
      case "ModelRecord" -> ModelRecord.of(BOOKS);
      case "CodeDelta" -> CODES;
      case "CodebookState" ->
          new CodebookState(
              3,
              12,
              2,
              1,
              3,
              new float[] {1, 2, 3, 4, 5, 6},
              new double[] {0.5, 0.25},
              new double[] {6, 5, 4, 3, 2, 1},
              1_750_000_000_000L,
              1_750_000_000_001L,
              10,
              2,
              1,
              5,
              List.of(
                  new CodebookState.Kept(
                      11, new float[] {6, 5, 4, 3, 2, 1}, new double[] {0.125, 0.0625})),
              CODES,
              new double[] {1.5, -2.5});
      case "FitterInput" -> FitterInput.of(CODES);
      default -> throw new AssertionError("give " + type + " a sample");
    };
  }

  /** What {@link #fixed} was in an earlier version of its format, as it is read today. */
  static Object fixed(Class<?> type, int version) {
    Object now = fixed(type);
    if (version == 1 && now instanceof RecommendationList list) {
      return new RecommendationList(
          list.userId(),
          list.items(),
          list.modelVersion(),
          list.eventTime(),
          list.generatedAt(),
          list.reason(),
          RecommendationList.NO_CODES);
    }
    if (version < 3 && now instanceof UserState user) {
      boolean coded = version == 2;
      return new UserState(
          user.embedding(),
          user.accumulator(),
          user.threshold(),
          user.thresholdAccumulator(),
          user.degree(),
          EDGES,
          user.lastSeen(),
          user.list(),
          user.listTime(),
          coded ? user.codes() : new int[0],
          coded ? user.codesEpoch() : 0,
          coded ? user.codesVersion() : 0,
          coded ? user.codesTime() : 0);
    }
    return now;
  }

  /** A random value, in every variant that the type has. */
  static Object random(Class<?> type, SplittableRandom random) {
    return switch (type.getSimpleName()) {
      case "Interaction" -> interaction(random);
      case "ControlEvent" -> control(random);
      case "DeadLetter" -> deadLetter(random);
      case "Decoded" ->
          switch (random.nextInt(3)) {
            case 0 -> Decoded.of(interaction(random));
            case 1 -> Decoded.of(control(random));
            default -> Decoded.of(deadLetter(random));
          };
      case "RecommendationList" ->
          random.nextInt(8) == 0
              ? RecommendationList.erased(text(random), time(random))
              : new RecommendationList(
                  text(random),
                  items(random),
                  random.nextLong(),
                  time(random),
                  time(random),
                  any(RecommendationList.Reason.values(), random),
                  random.nextBoolean() ? RecommendationList.NO_CODES : ints(random));
      case "ItemRow" ->
          new ItemRow(
              text(random),
              random.nextLong(),
              random.nextLong(),
              floats(random),
              real(random),
              counts(random),
              companions(random),
              random.nextBoolean(),
              longs(random));
      case "ItemDelta" ->
          new ItemDelta(
              text(random),
              random.nextInt(),
              random.nextLong(),
              floats(random),
              counts(random),
              companions(random),
              any(ItemDelta.Visibility.values(), random));
      case "UserState" ->
          new UserState(
              floats(random),
              real(random),
              real(random),
              real(random),
              random.nextLong(),
              UserEdges.NONE,
              time(random),
              texts(random),
              time(random),
              ints(random),
              time(random),
              random.nextLong(),
              time(random));
      case "UserEdges" -> edges(random);
      case "RowCompanions" -> companions(random);
      case "TestOutcome" ->
          random.nextInt(8) == 0
              ? TestOutcome.endOfStream(text(random))
              : new TestOutcome(text(random), random.nextInt(), random.nextBoolean(), time(random));
      case "QualityWindow" ->
          new QualityWindow(
              text(random),
              random.nextLong(1L << 40),
              time(random),
              time(random),
              sums(random),
              sums(random),
              random.nextBoolean());
      case "CodebookDrift" -> drift(random);
      case "CodebookRow" -> books(random);
      case "ScorerDelta" ->
          new ScorerDelta(random.nextInt(8), random.nextLong(), floats(random), floats(random));
      case "ScorerRow" ->
          new ScorerRow(random.nextLong(), random.nextLong(), floats(random), longs(random));
      case "ModelRecord" ->
          switch (random.nextInt(3)) {
            case 0 -> ModelRecord.of(books(random));
            case 1 -> ModelRecord.of((ScorerRow) random(ScorerRow.class, random));
            default -> ModelRecord.of((ItemRow) random(ItemRow.class, random));
          };
      case "CodeDelta" -> codes(random);
      case "CodebookState" -> codebookState(random);
      case "FitterInput" ->
          switch (random.nextInt(3)) {
            case 0 -> FitterInput.of(codes(random));
            case 1 -> FitterInput.of((QualityWindow) random(QualityWindow.class, random));
            default -> FitterInput.of(control(random));
          };
      default -> throw new AssertionError("give " + type + " a random value");
    };
  }

  /**
   * Whether two records are equal bit by bit; a record's own equals compares arrays by identity.
   */
  static boolean same(Object one, Object other) {
    if (one instanceof List<?> a && other instanceof List<?> b) {
      return a.size() == b.size()
          && IntStream.range(0, a.size()).allMatch(i -> same(a.get(i), b.get(i)));
    }
    if (!(one instanceof Record) || one.getClass() != other.getClass()) {
      return Arrays.deepEquals(new Object[] {one}, new Object[] {other});
    }
    for (RecordComponent component : one.getClass().getRecordComponents()) {
      try {
        Object a = component.getAccessor().invoke(one);
        Object b = component.getAccessor().invoke(other);
        if (a == null ? b != null : b == null || !same(a, b)) {
          return false;
        }
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }
    return true;
  }

  static Interaction interaction(SplittableRandom random) {
    Map<String, String> context = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      context.put(text(random), text(random));
    }
    return new Interaction(
        text(random),
        text(random),
        text(random),
        text(random),
        time(random),
        random.nextBoolean() ? Float.NaN : real(random),
        random.nextBoolean() ? null : text(random),
        context);
  }

  static ControlEvent control(SplittableRandom random) {
    ControlEvent.Action action = any(ControlEvent.Action.values(), random);
    return action == ControlEvent.Action.ROLL_BACK_CODEBOOK
        ? ControlEvent.rollBack(text(random), random.nextLong(), time(random))
        : new ControlEvent(action, text(random), time(random));
  }

  private static CodebookDrift drift(SplittableRandom random) {
    List<CodebookAlarm> alarms = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      alarms.add(
          new CodebookAlarm(
              text(random),
              random.nextInt(8),
              text(random),
              random.nextDouble() - 0.5,
              random.nextDouble(),
              time(random)));
    }
    double[] usage = new double[random.nextInt(40)];
    for (int i = 0; i < usage.length; i++) {
      usage[i] = random.nextDouble();
    }
    return new CodebookDrift(
        text(random),
        random.nextLong(),
        random.nextLong(),
        random.nextInt(8),
        random.nextInt(8),
        time(random),
        time(random),
        any(CodebookDrift.Outcome.values(), random),
        random.nextBoolean() ? null : text(random),
        new CodebookDrift.Figures(
            time(random),
            time(random),
            time(random),
            random.nextDouble() * 16,
            time(random),
            time(random),
            random.nextDouble(),
            random.nextDouble(),
            random.nextDouble(),
            random.nextDouble(),
            random.nextDouble(),
            random.nextDouble() * 64,
            usage),
        List.copyOf(alarms));
  }

  private static CodebookRow books(SplittableRandom random) {
    int levels = random.nextInt(4);
    int codes = random.nextInt(8);
    int dim = random.nextInt(70);
    float[] centroids = new float[levels * codes * dim];
    for (int i = 0; i < centroids.length; i++) {
      centroids[i] = real(random);
    }
    return new CodebookRow(
        text(random),
        random.nextLong(),
        random.nextLong(),
        levels,
        codes,
        dim,
        centroids,
        new float[levels * codes],
        time(random));
  }

  private static CodeDelta codes(SplittableRandom random) {
    return new CodeDelta(
        text(random),
        random.nextLong(),
        random.nextLong(),
        random.nextInt(8),
        random.nextInt(100),
        random.nextInt(100),
        time(random),
        random.nextLong(),
        random.nextDouble(),
        random.nextLong(),
        random.nextLong(),
        longs(random),
        floats(random),
        floats(random),
        doubles(random),
        longs(random),
        floats(random),
        ints(random),
        random.nextInt(100),
        floats(random),
        floats(random));
  }

  private static CodebookState codebookState(SplittableRandom random) {
    List<CodebookState.Kept> kept = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      kept.add(new CodebookState.Kept(random.nextLong(), floats(random), doubles(random)));
    }
    return new CodebookState(
        random.nextLong(),
        random.nextLong(),
        random.nextInt(8),
        random.nextInt(100),
        random.nextInt(100),
        floats(random),
        doubles(random),
        doubles(random),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        List.copyOf(kept),
        codes(random),
        doubles(random));
  }

  private static DeadLetter deadLetter(SplittableRandom random) {
    return new DeadLetter(
        random.nextBoolean() ? null : bytes(random),
        random.nextBoolean() ? null : bytes(random),
        any(RecordError.values(), random),
        text(random),
        text(random),
        text(random),
        random.nextInt(100),
        random.nextLong(1L << 40));
  }

  private static RowCounts counts(SplittableRandom random) {
    double[] popularity = new double[random.nextInt(6)];
    for (int i = 0; i < popularity.length; i++) {
      popularity[i] = random.nextDouble();
    }
    boolean seen = random.nextBoolean();
    return new RowCounts(
        random.nextLong(),
        random.nextLong(),
        popularity,
        random.nextDouble(),
        time(random),
        seen ? time(random) : RowCounts.NEVER_FIRST,
        seen ? time(random) : RowCounts.NEVER_LAST);
  }

  private static UserEdges edges(SplittableRandom random) {
    String[] items = texts(random);
    long[] times = new long[items.length];
    float[] weights = new float[items.length];
    for (int i = 0; i < items.length; i++) {
      times[i] = time(random);
      weights[i] = random.nextInt(8) == 0 ? UserEdges.GONE : real(random);
    }
    return new UserEdges(items, times, weights);
  }

  private static RowCompanions companions(SplittableRandom random) {
    String[] items = texts(random);
    float[] wide = new float[items.length];
    float[] near = new float[items.length];
    for (int i = 0; i < items.length; i++) {
      wide[i] = real(random);
      near[i] = real(random);
    }
    return new RowCompanions(items, wide, near);
  }

  private static List<ScoredItem> items(SplittableRandom random) {
    List<ScoredItem> items = new ArrayList<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      items.add(new ScoredItem(text(random), real(random)));
    }
    return items;
  }

  private static QualityWindow.Sums sums(SplittableRandom random) {
    return new QualityWindow.Sums(
        random.nextLong(1L << 40),
        random.nextLong(1L << 40),
        random.nextLong(1L << 40),
        random.nextDouble() * 1e6);
  }

  private static <E> E any(E[] values, SplittableRandom random) {
    return values[random.nextInt(values.length)];
  }

  private static long time(SplittableRandom random) {
    return random.nextLong(1L << 42);
  }

  private static float real(SplittableRandom random) {
    return (float) ((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-10, 10)));
  }

  /** One to ten characters, of all planes of Unicode. */
  static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(10); i > 0; i--) {
      switch (random.nextInt(8)) {
        case 0 -> text.append((char) random.nextInt(0x80));
        case 1 -> text.append((char) (0x80 + random.nextInt(0x780)));
        case 2 -> text.append((char) (0x800 + random.nextInt(0xC000)));
        case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0xF0000));
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }

  private static String[] texts(SplittableRandom random) {
    String[] texts = new String[random.nextInt(20)];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text(random);
    }
    return texts;
  }

  private static byte[] bytes(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static float[] floats(SplittableRandom random) {
    float[] floats = new float[random.nextInt(70)];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = real(random);
    }
    return floats;
  }

  private static double[] doubles(SplittableRandom random) {
    double[] doubles = new double[random.nextInt(20)];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = random.nextDouble() - 0.5;
    }
    return doubles;
  }

  private static int[] ints(SplittableRandom random) {
    int[] ints = new int[random.nextInt(6)];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = random.nextInt(1 << 20);
    }
    return ints;
  }

  private static long[] longs(SplittableRandom random) {
    long[] longs = new long[random.nextInt(20)];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = random.nextLong();
    }
    return longs;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CodeStatisticsTest {

  private static final int DIM = 6;

  private final Blobs blobs = new Blobs(9, DIM, 0.2f, 3);
  private final Codebooks books =
      Codebooks.of(2, 7, 2, 3, DIM, Arrays.copyOf(blobs.vectors(6), 6 * DIM));

  @Test
  void thoseOfTwoLearnersAddUpToThoseOfOne() {
    float[] x = blobs.vectors(700);
    CodeStatistics whole = blobs.gathered(books, x);
    CodeStatistics merged = blobs.gathered(books, Arrays.copyOf(x, 300 * DIM));
    merged.merge(blobs.gathered(books, Arrays.copyOfRange(x, 300 * DIM, 700 * DIM)));

    assertThat(merged.users()).isEqualTo(700);
    assertThat(merged.counts()).isEqualTo(whole.counts());
    assertThat(merged.squares()).isCloseTo(whole.squares(), within(1e-6 * whole.squares()));
    assertThat(merged.sums()).usingComparatorWithPrecision(1e-3f).containsExactly(whole.sums());
    assertThat(sorted(merged.paths())).isEqualTo(sorted(whole.paths()));
    assertThat(merged.sampleKeys()).hasSize(256);
  }

  @Test
  void comeBackFromTheirArraysAsTheyWere() {
    CodeStatistics sent = blobs.gathered(books, blobs.vectors(500));
    CodeStatistics received =
        CodeStatistics.of(
            sent.epoch(),
            sent.version(),
            sent.levels(),
            sent.codes(),
            sent.dim(),
            sent.capacity(),
            sent.users(),
            sent.squares(),
            sent.compared(),
            sent.changedPaths(),
            sent.counts(),
            sent.weights(),
            sent.sums(),
            sent.residualSquares(),
            sent.changed(),
            sent.moments(),
            sent.paths(),
            sent.sampleVectors(),
            sent.sampleKeys());
    assertThat(received).usingRecursiveComparison().ignoringFields("paths").isEqualTo(sent);
    assertThat(sorted(received.paths())).isEqualTo(sorted(sent.paths()));
  }

  @Test
  void thoseOfOtherBooksDoNotAdd() {
    CodeStatistics own = new CodeStatistics(books, 4);
    CodeStatistics other = new CodeStatistics(Codebooks.empty(2, 2, 3, DIM), 4);
    assertThatThrownBy(() -> own.merge(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2/0")
        .hasMessageContaining("2/7");
  }

  @Test
  void arraysOfAnotherShapeAreRefused() {
    assertThatThrownBy(
            () ->
                CodeStatistics.of(
                    1,
                    1,
                    1,
                    2,
                    2,
                    4,
                    0,
                    0,
                    0,
                    0,
                    new long[2],
                    new float[2],
                    new float[3],
                    new double[1],
                    new long[1],
                    new float[4],
                    new int[0],
                    new float[0],
                    new float[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sums must be 4");
  }

  @Test
  void everyVectorIsAsLikelyToBeInTheSampleThroughWhateverLearnerItCame() {
    int[] drawn = new int[100];
    SplitMix random = new SplitMix(17);
    for (int round = 0; round < 2000; round++) {
      SampleReservoir first = new SampleReservoir(10, 1);
      SampleReservoir second = new SampleReservoir(10, 1);
      for (int i = 0; i < 100; i++) {
        (i < 80 ? first : second).add(random.nextFloat(), new float[] {i}, 0);
      }
      second.merge(first);
      assertThat(second.size()).isEqualTo(10);
      for (float value : second.exportVectors()) {
        drawn[(int) value]++;
      }
    }
    // 200 expected each, with a deviation of 13.
    for (int count : drawn) {
      assertThat(count).isBetween(135, 265);
    }
  }

  @Test
  void pathsAreCountedBeyondTheFirstFew() {
    PathCounts counts = new PathCounts();
    for (int i = 0; i < 3000; i++) {
      counts.add(i * i % 1000, 1);
    }
    int[] expected = new int[1000];
    for (int i = 0; i < 3000; i++) {
      expected[i * i % 1000]++;
    }
    int[] exported = counts.export();
    assertThat(exported).hasSize(2 * counts.size());
    for (int i = 0; i < exported.length; i += 2) {
      assertThat(exported[i + 1]).isEqualTo(expected[exported[i]]);
    }
    assertThat(counts.size())
        .isEqualTo((int) Arrays.stream(expected).filter(count -> count > 0).count());
  }

  private static long[] sorted(int[] paths) {
    long[] pairs = new long[paths.length / 2];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = (long) paths[2 * i] << 32 | paths[2 * i + 1];
    }
    Arrays.sort(pairs);
    return pairs;
  }
}

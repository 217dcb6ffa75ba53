// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What benchmarks are told of the sizes to measure. */
final class BenchArguments {
  @Option(
      names = "--edges",
      split = ",",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Sizes of the generated graphs (default ${DEFAULT-VALUE}).",
      defaultValue = "121k,1.2m")
  private List<Integer> edges;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description = "Threads that share the work (default ${DEFAULT-VALUE}).",
      defaultValue = "1,2")
  private List<Integer> threads;

  @Mixin private SampleArguments samples;

  List<Integer> edges() {
    return edges;
  }

  List<Integer> threads() {
    return samples.positive("--threads", threads);
  }

  SampleArguments samples() {
    return samples;
  }

  /** For example: 121,000 edges, d = 64, 2 threads. */
  static String title(int edges, int dim, int threads) {
    return "%s edges, d = %d, %d %s"
        .formatted(Text.count(edges), dim, threads, threads == 1 ? "thread" : "threads");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The benchmarks of kernels, encoders and lists, so small that their figures mean nothing. */
class BenchCommandsTest {
  private static final String QUICK = " --samples 2 --warm-up 1 --json ";

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void kernelsAreTimedBesideTheirFloorsForEachSizeWidthAndThreads() throws IOException {
    Path json = directory.resolve("kernels.json");
    String arguments = "bench kernels --edges 500,2k --dims 8,64 --threads 1,2";
    assertThat(execute(arguments + QUICK + json)).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("2,000 edges, d = 64, 2 threads", "SpMM by item", "GFLOP/s", "floor ms");
    JsonNode runs = new JsonMapper().readTree(json.toFile()).get("runs");
    assertThat(runs).hasSize(8);
    for (JsonNode run : runs) {
      assertThat(run.get("floor").get("copyGigabytes").asDouble()).isPositive();
      for (JsonNode kernel : run.get("kernels")) {
        String name = kernel.get("kernel").asText();
        assertThat(kernel.get("floorMillis").asDouble()).as(name).isPositive();
        assertThat(kernel.get("time").get("cpuMillis").asDouble()).as(name).isPositive();
        assertThat(kernel.get("time").get("medianMillis").asDouble())
            .as(name)
            .isGreaterThanOrEqualTo(kernel.get("time").get("bestMillis").asDouble());
      }
    }
  }

  @Test
  void everyEncoderIsTrainedAndHoldsTheBytesThatItCounts() throws IOException {
    Path json = directory.resolve("encoders.json");
    String arguments = "bench encoders --edges 100k --dim 16 --threads 1";
    assertThat(execute(arguments + QUICK + json)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("topkgat", "bytes/edge", "in kernels");
    JsonNode encoders = new JsonMapper().readTree(json.toFile()).get("runs").get(0).get("encoders");
    for (JsonNode row : encoders) {
      String name = row.get("encoder").asText();
      double counted = row.get("countedBytes").asDouble();
      assertThat(Math.abs(row.get("heapBytes").asDouble() / counted - 1)).as(name).isLessThan(0.1);
      double users = Math.ceil(100_000 * 17_730 / 121_000.0);
      double items = Math.ceil(100_000 * 10_036 / 121_000.0);
      double reckoned =
          100_000 * row.get("footprint").get("bytesPerEdge").asDouble()
              + (users + items) * row.get("footprint").get("bytesPerNode").asDouble();
      assertThat(reckoned / counted).as(name).isBetween(0.99, 1.01);
    }
    assertThat(encoders.get(0).get("floorMillis").asDouble())
        .as("an encoder without layers calls fewer kernels")
        .isLessThan(encoders.get(encoders.size() - 1).get("floorMillis").asDouble());
  }

  @Test
  void listsAreTimedForEachCatalogueDegreeAndNumberOfUsersBesideTheFloor() throws IOException {
    Path json = directory.resolve("lists.json");
    String arguments = "bench lists --items 300,2k --degrees 5,100 --at-once 1,3";
    assertThat(execute(arguments + QUICK + json)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("2,000 items, copied at", "floor us", "network");
    JsonNode runs = new JsonMapper().readTree(json.toFile()).get("runs");
    assertThat(runs).hasSize(2);
    for (JsonNode run : runs) {
      double rowsMicros = run.get("items").asInt() * 68 * 4 / 1e3;
      double floor = rowsMicros / run.get("copyGigabytes").asDouble();
      assertThat(run.get("lists")).hasSize(4);
      for (JsonNode row : run.get("lists")) {
        int atOnce = row.get("atOnce").asInt();
        assertThat(row.get("floorMicros").asDouble())
            .isCloseTo(floor / atOnce, within(1e-6 * floor));
        double micros = row.get("time").get("cpuMillis").asDouble() * 1e3 / atOnce;
        assertThat(row.get("micros").asDouble()).isPositive().isCloseTo(micros, within(1e-6));
        for (String part : new String[] {"scores", "gather", "features", "network", "pick"}) {
          assertThat(row.get(part).asDouble()).as(part).isPositive();
        }
      }
    }
  }

  @Test
  void anItemAndAUserAreWeighed() throws IOException {
    Path json = directory.resolve("memory.json");
    assertThat(execute("bench memory --items 2k --degrees 10,200 --json " + json))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("items.max", "learner.cache.users", "in state");
    JsonNode report = new JsonMapper().readTree(json.toFile());
    JsonNode rows = report.get("rows");
    double item = rows.get(0).get("bytes").asDouble();
    double withCompanions = rows.get(1).get("bytes").asDouble();
    assertThat(item).as("at least its row and its counts").isBetween(65.0 * 4, 3000.0);
    assertThat(rows.get(0).get("offHeapBytes").asDouble()).isGreaterThanOrEqualTo(68.0 * 4);
    assertThat(withCompanions - item)
        .as("companions on both sides, 20 to 40 bytes each, and half of it free at times")
        .isBetween(256 * 20.0, 3 * 256 * 40.0);
    double ofTen = rows.get(2).get("bytes").asDouble();
    double ofMany = rows.get(3).get("bytes").asDouble();
    assertThat((ofMany - ofTen) / 190)
        .as("an edge has an item, a time and a weight")
        .isBetween(15.5, 33.0);
    double inState = report.get("user_bytes_in_state_by_edges").get("200").asDouble();
    assertThat(inState).isBetween(200.0 * 22 + 64 * 4, 200.0 * 30 + 1000);
  }

  @Test
  void listsOfLargeCataloguesTellWhatTheEmbeddingLookedAt() throws IOException {
    Path json = directory.resolve("lists.json");
    String arguments = "bench lists --items 2k --degrees 5 --at-once 1 --exact-up-to 1k";
    assertThat(execute(arguments + QUICK + json)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("240 scored for a list, recall@100 ");
    JsonNode run = new JsonMapper().readTree(json.toFile()).get("runs").get(0);
    assertThat(run.get("retrieval").get("recall").asDouble()).isBetween(0.1, 1.0);
  }

  @Test
  void retrievalIsTimedByKindOfRowsAndShareLookedAt() throws IOException {
    Path json = directory.resolve("retrieval.json");
    String arguments = "bench retrieval --items 20k --shares 0.05,1";
    assertThat(execute(arguments + QUICK + json)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("20,000 isotropic rows", "recall@100");
    JsonNode runs = new JsonMapper().readTree(json.toFile()).get("runs");
    assertThat(runs).hasSize(6);
    assertThat(runs.get(0).get("recall").asDouble()).isGreaterThan(0.9);
    assertThat(runs.get(4).get("recall").asDouble()).isLessThan(0.9);
    for (JsonNode row : runs) {
      assertThat(row.get("micros").asDouble()).isPositive();
      assertThat(row.get("putMicros").asDouble()).isPositive();
      assertThat(row.get("bytesPerByte").asDouble()).isBetween(1.0, 1.3);
      if (row.get("share").asDouble() == 1) {
        assertThat(row.get("recall").asDouble()).isEqualTo(1);
      }
    }
  }

  @Test
  void aGraphThatTheHeapCannotHoldIsRefusedWithTheHeapItNeeds() {
    assertThat(execute("bench encoders --edges 1k,500m")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("freshet: rankformer with 500,000,000 edges needs a heap of ")
        .contains("FRESHET_HEAP=");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench",
        "bench kernels --edges 12x",
        "bench kernels --edges 0",
        "bench kernels --dims 0",
        "bench kernels --threads 0",
        "bench kernels --samples 0",
        "bench lists --at-once 0",
        "bench lists --items 100 --degrees 51",
        "bench lists --degrees 0",
        "bench retrieval --rows round",
        "bench retrieval --shares 1.5",
        "bench encoders --dim 0",
        "bench encoders --encoders nonsense"
      })
  void wrongUsageExitsWithTwo(String arguments) {
    assertThat(execute(arguments)).isEqualTo(2);
    assertThat(err.toString()).startsWith("freshet: ").contains("Try: freshet bench");
  }

  @ParameterizedTest
  @CsvSource({"500,500", "121k,121000", "1.2m,1200000", "12M,12000000"})
  void countsMayBeWrittenInThousandsAndMillions(String text, int count) {
    assertThat(new CountConverter().convert(text)).isEqualTo(count);
  }

  private int execute(String arguments) {
    CommandLine line = Freshet.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments.split(" "));
  }
}

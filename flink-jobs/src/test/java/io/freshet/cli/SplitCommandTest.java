// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.connect.tables.TableReader;
import io.freshet.eval.split.PlantedSplit;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import picocli.CommandLine;

class SplitCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theTablesOfTheBestValidationAreSaved() throws IOException {
    PlantedSplit.write(directory);
    Path tables = directory.resolve("saved/tables.jsonl.zst");

    int code =
        evaluate(
            "--encoder topkgat --layers 2 --dim 8 --rate 0.05 --epochs 20 --validate-every 5 --k 5"
                + " --threads 1 --save "
                + tables);

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString()).contains("Tables of the best validation: " + tables);
    try (TableReader file = TableReader.open(tables)) {
      assertThat(file.header().encoder()).isEqualTo("topkgat");
      assertThat(file.header().dim()).isEqualTo(8);
      assertThat(file.header().items()).isPositive();
      assertThat(file.header().users()).isPositive();
    }
  }

  @Test
  void aRunForEachSeedGoesToTheTableAndToTheFiles() throws IOException {
    PlantedSplit.write(directory);
    Path json = directory.resolve("figures/split.json");
    Path curve = directory.resolve("figures/curve.png");

    int code =
        evaluate(
            "--encoder topkgat --layers 2 --dim 8 --rate 0.05 --epochs 60 --validate-every 5 --k 5"
                + " --seed 3 --seeds 2 --threads 1 --json "
                + json
                + " --curve "
                + curve);

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("80 users, 60 items, 640 train, 160 valid and 160 test rows")
        .containsPattern("seed 3  epoch    5  loss .* valid NDCG@5 .* s/epoch .* left at most")
        .containsPattern("(?m)^topkgat +3 ")
        .containsPattern("(?m)^topkgat +4 ")
        .containsPattern("(?m)^mean ")
        .containsPattern("(?m)^spread ");
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.get("data").asText()).isEqualTo(directory.toString());
    assertThat(report.at("/config/thresholds").asText()).isEqualTo("learnt");
    assertThat(report.at("/config/decay").asDouble()).isEqualTo(1e-4);
    assertThat(report.get("rows")).hasSize(2);
    JsonNode row = report.at("/rows/0");
    assertThat(row.get("name").asText()).isEqualTo("topkgat");
    assertThat(row.get("seed").asInt()).isEqualTo(3);
    assertThat(row.get("epoch").asInt()).isPositive();
    assertThat(row.get("seconds_per_epoch").asDouble()).isPositive();
    assertThat(row.at("/valid/ndcg@5").asDouble()).isPositive();
    assertThat(row.at("/test/ndcg@5").asDouble()).isGreaterThan(0.4);
    assertThat(row.at("/test/recall@5").asDouble()).isGreaterThan(0.4);
    assertThat(row.at("/test/recall@5_full").asDouble()).isGreaterThan(0.4);
    assertThat(row.at("/test/precision@5").asDouble()).isGreaterThan(0.1);
    assertThat(row.at("/curve/0/epoch").asInt()).isEqualTo(5);
    BufferedImage image = ImageIO.read(curve.toFile());
    assertThat(image.getWidth()).isGreaterThan(image.getHeight());
    assertThat(colours(image)).isGreaterThan(2);
  }

  @Test
  void aCurveCanBeDrawnAsSvg() throws Exception {
    PlantedSplit.write(directory);
    Path curve = directory.resolve("curve.SVG");

    assertThat(evaluate("--encoder mf --dim 4 --epochs 4 --validate-every 2 --curve " + curve))
        .isZero();

    Element svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(withoutDoctype(curve))
            .getDocumentElement();
    assertThat(svg.getTagName()).isEqualTo("svg");
    assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(10);
  }

  private static InputSource withoutDoctype(Path svg) throws IOException {
    return new InputSource(
        new StringReader(Files.readString(svg).replaceFirst("(?s)<!DOCTYPE.*?>", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--encoder mf --batch 100",
        "--encoder lightgcn",
        "--encoder lightgcn --readout last --loss softmax --negatives 3 --temperature 0.5",
        "--encoder ngat4rec --batch 0 --rate 0.01 --loss hard-bpr --negatives 2",
        "--encoder topkgat --activation softmax --regularisation 0",
        "--encoder topkgat --thresholds zero",
        "--encoder topkgat --thresholds -0.25 --initial-deviation 0.2",
        "--encoder topkgat --contrast 0.05 --contrast-temperature 0.2 --contrast-noise 0.05",
        "--encoder rankformer",
        "--encoder rankformer --tau 0.3 --alpha 3 --without benchmark,normaliser",
        "--encoder TopKGAT --loss precision --boundary-every 2 --after-bpr 2"
      })
  void everyEncoderAndLossRuns(String arguments) throws IOException {
    PlantedSplit.write(directory);

    assertThat(evaluate(arguments + " --dim 8 --epochs 3 --validate-every 2 --threads 2"))
        .describedAs(() -> err.toString())
        .isZero();

    assertThat(out.toString()).contains("epoch    2", "epoch    3", "epochs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--encoder nonsense",
        "--encoder mf --layers 2",
        "--encoder mf --readout mean",
        "--encoder lightgcn --thresholds zero",
        "--encoder topkgat --readout mean",
        "--encoder topkgat --thresholds high",
        "--encoder topkgat --thresholds 1.5",
        "--encoder topkgat --tau 0.5",
        "--encoder topkgat --without negative",
        "--encoder rankformer --tau 2",
        "--encoder rankformer --alpha NaN",
        "--encoder rankformer --without everything",
        "--encoder mf --contrast-noise 0.1",
        "--encoder mf --contrast -1",
        "--encoder mf --temperature 2",
        "--encoder mf --boundary-every 2",
        "--encoder mf --after-bpr 2",
        "--encoder mf --loss softmax --after-bpr -1",
        "--encoder mf --loss precision --negatives 4",
        "--encoder mf --loss nonsense",
        "--encoder mf --dim 0",
        "--encoder mf --batch -1",
        "--encoder mf --rate 0",
        "--encoder mf --rate NaN",
        "--encoder mf --decay -1",
        "--encoder mf --seeds 0",
        "--encoder mf --threads 0",
        "--encoder mf --curve picture.jpg"
      })
  void wrongUsageExitsWithTwo(String arguments) {
    assertThat(evaluate(arguments)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("freshet: ")
        .contains("Try: freshet evaluate split --help");
  }

  @Test
  void allWrongArgumentsAreToldAtOnce() {
    assertThat(evaluate("--encoder mf --layers 2 --loss bpr --temperature 1 --k 0")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--layers is nothing that mf has",
            "--temperature is nothing that the loss bpr has",
            "--k must be 1 or more, not 0");
  }

  @Test
  void faultsOfTheDataAreOneMessage() throws IOException {
    PlantedSplit.write(directory);
    Files.writeString(directory.resolve("valid.txt"), "1 2 3\n");
    Files.delete(directory.resolve("test.txt"));

    assertThat(evaluate("--encoder mf")).isEqualTo(1);

    assertThat(err.toString())
        .startsWith("freshet: ")
        .contains("valid.txt:1: ", "no file " + directory.resolve("test.txt"))
        .doesNotContain("\tat ");
  }

  @Test
  void aFileThatCannotBeWrittenIsToldBeforeTheTraining() throws IOException {
    PlantedSplit.write(directory);

    assertThat(evaluate("--encoder mf --json " + directory)).isEqualTo(1);

    assertThat(err.toString()).contains("cannot write " + directory);
    assertThat(out.toString()).isEmpty();
  }

  private static long colours(BufferedImage image) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .map(p -> image.getRGB(p % image.getWidth(), p / image.getWidth()))
        .distinct()
        .count();
  }

  private int evaluate(String arguments) {
    CommandLine line = Freshet.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    String all = "evaluate split --data " + directory + " " + arguments;
    return line.execute(all.trim().split(" "));
  }
}

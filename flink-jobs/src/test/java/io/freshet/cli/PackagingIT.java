// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What the build lays out in {@code target/freshet}. */
class PackagingIT {
  private static final Path DISTRIBUTION = Path.of("target", "freshet");
  private static final Path JOB_JAR = DISTRIBUTION.resolve("freshet-job.jar");

  @Test
  void theJobJarHoldsFreshetAndItsConnectors() throws IOException {
    assertThat(entries())
        .contains(
            "io/freshet/job/FreshetJob.class",
            "io/freshet/model/OnlineModel.class",
            "io/freshet/schema/Interaction.class",
            "org/apache/flink/connector/kafka/source/KafkaSource.class",
            "org/apache/kafka/clients/consumer/KafkaConsumer.class",
            "com/fasterxml/jackson/databind/ObjectMapper.class",
            "picocli/CommandLine.class");
  }

  @Test
  void theJobJarHoldsNothingThatTheClusterBrings() throws IOException {
    assertThat(entries())
        .noneMatch(name -> name.startsWith("org/apache/flink/api/"))
        .noneMatch(name -> name.startsWith("org/apache/flink/core/"))
        .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
        .noneMatch(name -> name.startsWith("org/apache/flink/streaming/api/"))
        .noneMatch(name -> name.startsWith("org/apache/flink/state/"))
        .noneMatch(name -> name.startsWith("org/apache/flink/connector/base/"))
        .noneMatch(name -> name.startsWith("org/apache/flink/metrics/"))
        .noneMatch(name -> name.startsWith("org/rocksdb/"))
        .noneMatch(name -> name.startsWith("org/slf4j/"))
        .noneMatch(name -> name.startsWith("org/apache/logging/"));
  }

  @Test
  void theJobJarHoldsNoNativeMathsAndNoBroker() throws IOException {
    assertThat(entries())
        .noneMatch(name -> name.startsWith("org/nd4j/"))
        .noneMatch(name -> name.startsWith("org/bytedeco/"))
        .noneMatch(name -> name.startsWith("kafka/server/"))
        .noneMatch(name -> name.startsWith("org/apache/kafka/raft/"))
        .noneMatch(name -> name.startsWith("org/apache/kafka/metadata/"))
        .noneMatch(name -> name.startsWith("scala/"));
  }

  @Test
  void theChartsOfTheLivePageLieBesideTheJobJarAndNotInIt() throws IOException {
    assertThat(files("monitor")).anyMatch(name -> name.startsWith("uplot-"));
    assertThat(entries())
        .contains("monitor/index.html", "io/freshet/monitor/Monitor.class")
        .noneMatch(name -> name.contains("webjars"));
  }

  @Test
  void servicesOfSeveralJarsStandInOneFile() throws IOException {
    assertThat(text("META-INF/services/org.apache.flink.metrics.reporter.MetricReporterFactory"))
        .contains("io.freshet.job.LocalMetricsReporter$Factory");
    assertThat(text("META-INF/services/com.fasterxml.jackson.core.JsonFactory"))
        .contains("com.fasterxml.jackson.core.JsonFactory")
        .contains("com.fasterxml.jackson.dataformat.yaml.YAMLFactory");
  }

  @Test
  void noSignatureAndNoModuleDescriptorOfAnotherJarIsLeft() throws IOException {
    assertThat(entries())
        .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
        .noneMatch(name -> name.endsWith("module-info.class"));
  }

  @Test
  void flinkRunFindsItsEntryPoint() throws IOException {
    try (JarFile jar = new JarFile(JOB_JAR.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS))
          .isEqualTo(SubmittedJob.class.getName());
      assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
    }
  }

  @Test
  void nativeMathsFlinkAndTheBrokerLieBesideIt() throws IOException {
    assertThat(files("flink-lib")).anyMatch(name -> name.startsWith("nd4j-native-"));
    assertThat(files("flink-lib")).anyMatch(name -> name.startsWith("openblas-"));
    assertThat(files("flink-lib")).anyMatch(name -> name.startsWith("frocksdbjni-"));
    assertThat(files("flink-lib")).noneMatch(name -> name.startsWith("flink-runtime-"));
    assertThat(files("flink")).anyMatch(name -> name.startsWith("flink-runtime-2"));
    assertThat(files("flink")).anyMatch(name -> name.startsWith("log4j-core"));
    assertThat(files("flink")).anyMatch(name -> name.startsWith("prometheus-reporter-"));
    assertThat(files("flink")).anyMatch(name -> name.startsWith("flink-metrics-prometheus-"));
    assertThat(files("broker")).anyMatch(name -> name.startsWith("kafka_2.13"));
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(JOB_JAR.toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }

  private static String text(String entry) throws IOException {
    try (JarFile jar = new JarFile(JOB_JAR.toFile());
        InputStream in = jar.getInputStream(jar.getEntry(entry))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> files(String directory) throws IOException {
    try (Stream<Path> files = Files.list(DISTRIBUTION.resolve(directory))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}

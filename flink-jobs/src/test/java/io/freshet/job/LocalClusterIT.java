// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalClusterIT {
  @TempDir private Path directory;
  private Path checkpoints;
  private Path state;

  @BeforeEach
  void directories() {
    checkpoints = directory.resolve("checkpoints");
    state = directory.resolve("state");
  }

  @Test
  void aBoundedJobEndsAndItsCountersStayReadable() throws Exception {
    JobConfig config = config(Map.of());
    try (LocalCluster cluster = LocalCluster.start(config);
        LocalJob job = cluster.submit(counting(1000, 1e9), null)) {
      assertThat(job.await(60_000)).isTrue();

      assertThat(cluster.metrics().sum("counted.records")).isEqualTo(1000);
      assertThat(cluster.metrics().values("counted.records")).hasSize(2);
    }
    try (Stream<Path> left = Files.list(state)) {
      assertThat(left).as("files left in state.dir").isEmpty();
    }
  }

  @Test
  void theWebPageAnswersOnThisMachineAlone() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(config(Map.of()))) {
      URI address = URI.create(cluster.webAddress());
      assertThat(address.getHost()).isEqualTo("127.0.0.1");
      assertThat(page(address.resolve("/"))).contains("<html");
      assertThat(page(address.resolve("/overview"))).contains("\"slots-total\":2");
    }
  }

  @Test
  void aStoppedJobGoesOnWhereItStopped() throws Exception {
    JobConfig config = config(Map.of("checkpoint.dir", checkpoints.toString()));
    String savepoint;
    long before;
    try (LocalCluster cluster = LocalCluster.start(config)) {
      LocalJob job = cluster.submit(counting(Long.MAX_VALUE, 500), null);
      awaitCount(cluster, 50);
      savepoint = job.stop();
      before = cluster.metrics().sum("remembered");
      assertThat(job.isDone()).isTrue();
    }

    assertThat(Checkpoints.latest(checkpoints.toString()).toUri().getPath())
        .startsWith(URI.create(savepoint).getPath());
    try (LocalCluster cluster = LocalCluster.start(config);
        LocalJob job = cluster.submit(counting(Long.MAX_VALUE, 500), savepoint)) {
      awaitCount(cluster, 1);
      assertThat(cluster.metrics().sum("remembered")).isGreaterThan(before);
      assertThat(job.isDone()).isFalse();
    }
  }

  @Test
  void aFailedJobSaysWhy() throws Exception {
    JobConfig config = config(Map.of("flink.properties.restart-strategy.type", "disable"));
    try (LocalCluster cluster = LocalCluster.start(config);
        LocalJob job =
            cluster.submit(
                env ->
                    env.fromData(List.of(1, 0))
                        .map(number -> 1 / number)
                        .returns(Types.INT)
                        .sinkTo(new DiscardingSink<>()),
                null)) {
      assertThatThrownBy(() -> job.await(60_000))
          .isInstanceOf(JobFailedException.class)
          .hasMessage("ArithmeticException: / by zero");
    }
  }

  @Test
  void withoutCheckpointsThereIsNoLatest() throws Exception {
    assertThat(Checkpoints.latest(checkpoints.toString())).isNull();
    assertThatThrownBy(() -> Checkpoints.latest("s3://bucket/freshet"))
        .hasMessageContaining("s3://bucket/freshet");
  }

  private JobConfig config(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(values);
    all.put("kafka.bootstrap.servers", "127.0.0.1:1");
    all.put("web.port", "0");
    all.put("checkpoint.interval", "100 ms");
    all.put("state.dir", state.toString());
    return JobConfig.of(Configuration.fromMap(all));
  }

  private static void awaitCount(LocalCluster cluster, long count) throws InterruptedException {
    while (cluster.metrics().sum("counted.records") < count) {
      Thread.sleep(20);
    }
  }

  private static String page(URI address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static LocalCluster.Topology counting(long records, double perSecond) {
    return (StreamExecutionEnvironment env) -> {
      DataGeneratorSource<Long> numbers =
          new DataGeneratorSource<>(
              number -> number, records, RateLimiterStrategy.perSecond(perSecond), Types.LONG);
      env.fromSource(numbers, WatermarkStrategy.noWatermarks(), "numbers")
          .uid("numbers")
          .keyBy(number -> 0)
          .map(new Counting())
          .uid("counting")
          .sinkTo(new DiscardingSink<>())
          .uid("sink");
    };
  }

  /** Counts records in a metric, and keys in state. */
  private static final class Counting extends RichMapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<Long> state;
    private transient Counter counted;
    private transient Counter remembered;

    @Override
    public void open(OpenContext context) {
      state = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
      counted = getRuntimeContext().getMetricGroup().counter("counted.records");
      remembered = getRuntimeContext().getMetricGroup().counter("remembered");
    }

    @Override
    public Long map(Long number) throws Exception {
      long count = state.value() == null ? 1 : state.value() + 1;
      state.update(count);
      counted.inc();
      remembered.inc(count - remembered.getCount());
      return number;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.connect.tables.TableWriter;
import io.freshet.model.ModelOptions;
import io.freshet.schema.Interaction;
import io.freshet.schema.TableHeader;
import io.freshet.schema.TableItem;
import io.freshet.schema.TableUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobConfigTest {

  @Test
  void onlyTheBrokersMustBeNamed() {
    JobConfig config = config(Map.of());

    assertThat(config.kafka().bootstrapServers()).isEqualTo("localhost:9092");
    assertThat(config.kafka().exactlyOnce()).isFalse();
    assertThat(config.topics().interactions()).isEqualTo("freshet.interactions.v1");
    assertThat(config.runtime().checkpointDir()).isNull();
    assertThat(config.lists().excludedItems()).isEmpty();
  }

  @Test
  void theDefaultsOfTheModelAreTheModelsOwn() {
    assertThat(config(Map.of()).model()).isEqualTo(ModelOptions.defaults());
  }

  @Test
  void givenValuesReplaceTheDefaults() {
    JobConfig config =
        config(
            Map.of(
                "kafka.delivery", "exactly-once",
                "kafka.properties.security.protocol", "SASL_SSL",
                "lists.exclude-items", "'7';'it''s;one'",
                "learner.batch.interval", "5 ms",
                "learner.pending.max-bytes", "1 mb",
                "model.dimension", "16"));

    assertThat(config.kafka().exactlyOnce()).isTrue();
    assertThat(config.kafka().properties())
        .containsExactly(Map.entry("security.protocol", "SASL_SSL"));
    assertThat(config.lists().excludedItems()).containsExactly("7", "it's;one");
    assertThat(config.learner().batchInterval()).isEqualTo(Duration.ofMillis(5));
    assertThat(config.model().maxPendingBytes()).isEqualTo(1 << 20);
    assertThat(config.model().dim()).isEqualTo(16);
  }

  @Test
  void codebooksOfNoLevelsAreNone() {
    assertThat(config(Map.of("codebook.levels", "0")).model().codebooks()).isNull();
    assertThat(config(Map.of("codebook.codes", "8")).model().codebooks().codes()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "codebook.levels=17|codebook.levels is \"17\", but must be a whole number from 0 to 16",
        "codebook.decay=1|codebook.decay is \"1\", but must be a number from 0 to below 1",
        "codebook.levels=8 codebook.codes=64|codebook.codes (64) to the power of codebook.levels (8)",
        "codebook.codes=1024 codebook.levels=3|is above 131072, more than one record may hold",
        "codebook.levels=0 ranker.channels=PREFIX|ranker.channels has PREFIX and codebook.levels is 0",
        "codebook.levels=0 model.negatives.hard-share=0.1|model.negatives.hard-share is above 0 and",
      })
  void codebooksThatCannotBeAreFaults(String given, String fault) {
    Map<String, String> options = new HashMap<>();
    for (String option : given.split(" ")) {
      options.put(option.split("=")[0], option.split("=")[1]);
    }
    assertThatThrownBy(() -> config(options))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(fault);
  }

  @Test
  void weightsAreLaidOverTheDefaults() {
    JobConfig config = config(Map.of("events.weights.wishlist", "0.7", "events.weights.view", "0"));

    assertThat(config.events().types().weight(event("wishlist", Float.NaN))).isEqualTo(0.7f);
    assertThat(config.events().types().weight(event("view", Float.NaN))).isZero();
    assertThat(config.events().types().weight(event("click", Float.NaN))).isEqualTo(1f);
    assertThat(config.events().types().knows("poke")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"5,4,1", "5,3.5,0", "10,8,1", "10,7,0"})
  void aRatingIsAPositiveFromItsShareOfTheScale(String best, float value, float weight) {
    JobConfig config = config(Map.of("events.rating.max", best));

    assertThat(config.events().types().weight(event("rating", value))).isEqualTo(weight);
  }

  @Test
  void everyFaultIsReportedAtOnce() {
    ConfigException exception =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                JobConfig.of(
                    Configuration.fromMap(
                        Map.of(
                            "learner.batch.sise", "10",
                            "learner.cache.users", "0",
                            "checkpoint.interval", "soon",
                            "kafka.delivery", "maybe",
                            "events.weights.click", "much",
                            "completely.different", "1"))));

    assertThat(exception.faults())
        .containsExactlyInAnyOrder(
            "kafka.bootstrap.servers is missing; set it, for example:"
                + " kafka.bootstrap.servers: 127.0.0.1:9092",
            "learner.batch.sise is no option of Freshet; did you mean learner.batch.size?",
            "completely.different is no option of Freshet; deploy/docs/configuration.md lists them"
                + " all",
            "learner.cache.users is \"0\", but must be a whole number, 1 or more",
            "checkpoint.interval is \"soon\", but must be a time with its unit (20 ms, 5 s, 10 min,"
                + " 1 d), 0 ms or more",
            "kafka.delivery is \"maybe\", but must be one of at-least-once, exactly-once",
            "events.weights.click is \"much\", but must be a number");
    assertThat(exception).hasMessageStartingWith("7 faults:\n  - ");
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.bootstrap.servers,localhost",
    "kafka.bootstrap.servers,''",
    "kafka.bootstrap.servers,'a:1,,b:2'",
    "topic.model,no spaces allowed",
    "topic.model,freshet.quality.v1",
    "topics.replication-factor,40000",
    "job.parallelism,129",
    "lists.size,1001",
    "quality.sample,1.5",
    "quality.sample,NaN",
    "retrieval.exact-up-to,-1",
    "retrieval.scan,1.5",
    "model.learning-rate.user,0",
    "model.negatives.recent-share,-0.1",
    "web.port,65536",
    "metrics.prometheus.port,65536",
    "metrics.prometheus.port,8081",
    "dedupe.ttl,0 s",
    "events.rating.max,Infinity",
    "learner.scores.max-bytes,lots",
    "lists.exclude-seen,perhaps",
  })
  void aValueThatCannotBeIsRefusedByItsName(String key, String value) {
    assertThatThrownBy(() -> config(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key);
  }

  @Test
  void aTransactionMustOutliveACheckpoint() {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.transaction.timeout", "5 s");
    config(values);
    values.put("kafka.delivery", "exactly-once");

    assertThatThrownBy(() -> config(values))
        .hasMessageContaining("kafka.transaction.timeout (5 s) must be longer than")
        .hasMessageContaining("checkpoint.interval (10 s)");
    values.put("kafka.transaction.timeout", "10 min");
    values.put("checkpoint.interval", "0 s");
    assertThatThrownBy(() -> config(values))
        .hasMessageContaining("kafka.delivery is exactly-once and checkpoint.interval is 0");
  }

  @Test
  void aTableFileIsReadToItsEndBeforeTheStart(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("tables.jsonl");
    try (TableWriter writer =
        TableWriter.create(file, new TableHeader("topkgat", 2, 4, 1, 1, 1000))) {
      writer.write(new TableItem("a", 1, new float[2], new float[2]));
      writer.write(
          new TableUser("u", new float[2], new float[2], new float[0], new String[] {"a"}));
      writer.finish();
    }
    Map<String, String> values = new HashMap<>();
    values.put("model.bootstrap.file", file.toString());
    values.put("model.dimension", "2");
    assertThat(config(values).bootstrapFile()).isEqualTo(file.toString());

    Files.writeString(file, Files.readString(file).replace("[\"a\"]", "[\"b\"]"));
    values.put("model.dimension", "3");
    values.put("lists.size", "0");
    assertThat(catchThrowableOfType(ConfigException.class, () -> config(values)).faults())
        .containsExactlyInAnyOrder(
            "lists.size is \"0\", but must be a whole number from 1 to 1000",
            "model.bootstrap.file: "
                + file
                + " has rows of 2 values, but model.dimension is 3; they must be the same",
            "model.bootstrap.file: "
                + file
                + ", line 3: items names \"b\", which has no line above");

    values.put("model.bootstrap.file", "no/such/file");
    assertThatThrownBy(() -> config(values)).hasMessageContaining("there is no such file");
  }

  @Test
  void moreKnownItemsThanFitAreAFault(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("tables.jsonl.zst");
    try (TableWriter writer = TableWriter.create(file, new TableHeader("mf", 64, 0, 2, 0, 0))) {
      writer.write(new TableItem("a", 0, new float[64], new float[64]));
      writer.write(new TableItem("b", 0, new float[64], new float[64]));
      writer.finish();
    }
    Map<String, String> values =
        Map.of("model.bootstrap.file", file.toString(), "items.max", "1", "lists.size", "1");

    assertThatThrownBy(() -> config(values))
        .hasMessage(
            "model.bootstrap.file: " + file + " holds 2 items, but items.max is 1; raise it");
  }

  @Test
  void aHistoryThatCannotBeReadAndOneWithoutCheckpointsAreFaults(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("past.csv");
    Files.writeString(file, "event_id,user_id,item_id,event_type,timestamp_ms\n");
    Map<String, String> values = new HashMap<>();
    values.put("source.history", file.toString());
    assertThat(config(values).events().history()).containsExactly(file.toString());

    Path absent = folder.resolve("absent.csv");
    values.put("source.history", file + ";" + absent);
    values.put("checkpoint.interval", "0 s");
    assertThat(catchThrowableOfType(ConfigException.class, () -> config(values)).faults())
        .containsExactlyInAnyOrder(
            "source.history: " + absent + ": there is no such file",
            "source.history is set and checkpoint.interval is 0: the topic follows when a checkpoint"
                + " holds the end of the history; set an interval");
  }

  @Test
  void withoutAPositiveTypeNothingWouldBeLearned() {
    Map<String, String> values = new HashMap<>();
    for (String type : FreshetOptions.EVENTS_WEIGHTS.defaultValue().keySet()) {
      values.put("events.weights." + type, "0");
    }

    assertThatThrownBy(() -> config(values))
        .hasMessageContaining("events.weights has no event type");
  }

  @Test
  void everyOptionIsReadAndDescribed() {
    OptionReader reader = new OptionReader(new Configuration(), new ArrayList<>());
    JobConfigReader.read(reader);

    assertThat(reader.read()).containsExactlyInAnyOrderElementsOf(options());
  }

  @Test
  void aConfigTravelsToTheTasks() throws Exception {
    JobConfig config = config(Map.of("lists.exclude-items", "a;b"));

    JobConfig copy = InstantiationUtil.clone(config);

    assertThat(copy.lists()).isEqualTo(config.lists());
    assertThat(copy.model()).isEqualTo(config.model());
    assertThat(copy.events().types().names()).isEqualTo(config.events().types().names());
  }

  private static List<ConfigOption<?>> options() {
    return FreshetOptions.all();
  }

  private static Interaction event(String type, float value) {
    return new Interaction("e", "u", "i", type, 0, value, null, Map.of());
  }

  private static JobConfig config(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(values);
    all.putIfAbsent("kafka.bootstrap.servers", "localhost:9092");
    return JobConfig.of(Configuration.fromMap(all));
  }
}

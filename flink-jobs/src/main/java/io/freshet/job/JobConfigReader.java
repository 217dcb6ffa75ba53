// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.connect.replay.EventFile;
import io.freshet.model.Channel;
import io.freshet.model.Forgetting;
import io.freshet.model.ModelOptions;
import io.freshet.model.codebook.CodebookOptions;
import io.freshet.schema.EventTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;

/**
 * Builds a {@link JobConfig} of options: the ranges of each, and what must hold between them. It is
 * whole even where options are faulty: they read as their defaults, and faulty brokers as none.
 */
final class JobConfigReader {
  private static final Duration ONE_MILLI = Duration.ofMillis(1);
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final Pattern SERVER =
      Pattern.compile("\\s*(\\[[^\\]]+]|[^:,\\s]+):(\\d{1,5})\\s*");

  private final OptionReader options;

  private JobConfigReader(OptionReader options) {
    this.options = options;
  }

  static JobConfig read(OptionReader options) {
    JobConfigReader reader = new JobConfigReader(options);
    options.checkKeys();
    JobConfig.Kafka kafka = reader.kafka();
    JobConfig.Topics topics = reader.topics();
    JobConfig.Events events = reader.events();
    JobConfig.Learner learner = reader.learner();
    JobConfig.Merger merger = reader.merger();
    ModelOptions model = reader.model();
    String bootstrapFile = reader.bootstrapFile(model);
    JobConfig.Lists lists = reader.lists();
    JobConfig.Quality quality = reader.quality();
    JobConfig.Runtime runtime = reader.runtime();
    reader.checkTogether(kafka, runtime, lists, model);
    reader.checkHistory(events, runtime);
    reader.checkPorts(runtime);
    return new JobConfig(
        kafka, topics, events, learner, merger, model, bootstrapFile, lists, quality, runtime);
  }

  private JobConfig.Kafka kafka() {
    String servers = options.requiredText(FreshetOptions.KAFKA_BOOTSTRAP_SERVERS, "127.0.0.1:9092");
    boolean usable = true;
    for (String server : servers.isEmpty() ? new String[0] : servers.split(",", -1)) {
      if (!SERVER.matcher(server).matches()) {
        usable = false;
        options.fault(
            FreshetOptions.KAFKA_BOOTSTRAP_SERVERS.key()
                + " holds \""
                + server
                + "\", but must be host:port, several separated by commas");
      }
    }
    String delivery =
        options.oneOf(FreshetOptions.KAFKA_DELIVERY, List.of("at-least-once", "exactly-once"));
    return new JobConfig.Kafka(
        usable ? servers : "",
        options.text(FreshetOptions.KAFKA_GROUP_ID),
        options.map(FreshetOptions.KAFKA_PROPERTIES),
        delivery.equals("exactly-once"),
        options.duration(FreshetOptions.KAFKA_TRANSACTION_TIMEOUT, Duration.ofSeconds(1)));
  }

  private JobConfig.Topics topics() {
    Map<String, ConfigOption<String>> roles = new HashMap<>();
    return new JobConfig.Topics(
        topic(FreshetOptions.TOPIC_INTERACTIONS, roles),
        topic(FreshetOptions.TOPIC_DEAD_LETTERS, roles),
        topic(FreshetOptions.TOPIC_CONTROL, roles),
        topic(FreshetOptions.TOPIC_RECOMMENDATIONS, roles),
        topic(FreshetOptions.TOPIC_MODEL, roles),
        topic(FreshetOptions.TOPIC_CODEBOOK, roles),
        topic(FreshetOptions.TOPIC_QUALITY, roles),
        options.flag(FreshetOptions.TOPICS_CREATE),
        options.integer(FreshetOptions.TOPICS_PARTITIONS, 1),
        (short) options.integer(FreshetOptions.TOPICS_REPLICATION_FACTOR, 1, Short.MAX_VALUE));
  }

  private String topic(ConfigOption<String> option, Map<String, ConfigOption<String>> roles) {
    String name = options.text(option);
    if (!TOPIC.matcher(name).matches() || name.equals(".") || name.equals("..")) {
      options.fault(
          option.key()
              + " is \""
              + name
              + "\", but a topic's name has letters, digits, '.', '_' and '-', at most 249");
      return option.defaultValue();
    }
    ConfigOption<String> other = roles.put(name, option);
    if (other != null) {
      options.fault(
          option.key() + " and " + other.key() + " are both \"" + name + "\"; use two topics");
    }
    return name;
  }

  private JobConfig.Events events() {
    float best = options.positive(FreshetOptions.EVENTS_RATING_MAX);
    float share = options.share(FreshetOptions.EVENTS_RATING_POSITIVE_SHARE);
    return new JobConfig.Events(
        new EventTypes(weights(), best * share),
        options.integer(FreshetOptions.EVENTS_MAX_BYTES, 256),
        options.duration(FreshetOptions.EVENTS_MAX_FUTURE, Duration.ZERO),
        options.duration(FreshetOptions.SOURCE_OUT_OF_ORDERNESS, Duration.ZERO),
        options.duration(FreshetOptions.SOURCE_IDLENESS, ONE_MILLI),
        options.duration(FreshetOptions.DEDUPE_TTL, ONE_MILLI),
        history());
  }

  private List<String> history() {
    List<String> files = new ArrayList<>();
    for (String given : options.texts(FreshetOptions.SOURCE_HISTORY)) {
      // Tasks may have another working directory.
      Path path = Path.of(given).toAbsolutePath();
      try {
        EventFile.at(path).open().close();
      } catch (IOException e) {
        options.fault(FreshetOptions.SOURCE_HISTORY.key() + ": " + e.getMessage());
      }
      files.add(path.toString());
    }
    return List.copyOf(files);
  }

  private Map<String, Float> weights() {
    Map<String, String> given = new TreeMap<>(FreshetOptions.EVENTS_WEIGHTS.defaultValue());
    given.putAll(options.map(FreshetOptions.EVENTS_WEIGHTS));
    Map<String, Float> weights = new TreeMap<>();
    boolean learns = false;
    for (Map.Entry<String, String> entry : given.entrySet()) {
      String option = FreshetOptions.EVENTS_WEIGHTS.key() + "." + entry.getKey();
      try {
        float weight = Float.parseFloat(entry.getValue().trim());
        if (!Float.isFinite(weight)) {
          throw new NumberFormatException();
        }
        learns |= weight > 0;
        weights.put(entry.getKey(), weight);
      } catch (NumberFormatException e) {
        options.fault(option + " is \"" + entry.getValue() + "\", but must be a number");
      }
    }
    if (!learns) {
      options.fault(
          FreshetOptions.EVENTS_WEIGHTS.key()
              + " has no event type above 0, so nothing would be learned; give one a weight");
    }
    return weights;
  }

  private JobConfig.Learner learner() {
    return new JobConfig.Learner(
        options.integer(FreshetOptions.LEARNER_BATCH_SIZE, 1, 65_536),
        options.duration(FreshetOptions.LEARNER_BATCH_INTERVAL, ONE_MILLI),
        options.flag(FreshetOptions.LEARNER_BATCH_GROUP_BY_TIME),
        options.integer(FreshetOptions.LEARNER_CACHE_USERS, 1),
        options.fraction(FreshetOptions.RANKER_LEARN_SHARE));
  }

  private JobConfig.Merger merger() {
    return new JobConfig.Merger(
        options.duration(FreshetOptions.MERGER_SYNC_INTERVAL, ONE_MILLI),
        options.integer(FreshetOptions.MERGER_CACHE_ITEMS, 1));
  }

  private ModelOptions model() {
    long scoreBytes = options.bytes(FreshetOptions.LEARNER_SCORES_MAX_BYTES, Float.BYTES);
    int dim = options.integer(FreshetOptions.MODEL_DIMENSION, 1, 1024);
    long seed = options.integer(FreshetOptions.MODEL_SEED);
    CodebookReader codebookReader = new CodebookReader(options);
    CodebookOptions codebooks = codebookReader.read(dim, seed);
    float hardNegatives =
        codebookReader.hardNegatives(options.share(FreshetOptions.MODEL_NEGATIVES_HARD_SHARE));
    Set<Channel> channels =
        codebookReader.channels(options.choices(FreshetOptions.RANKER_CHANNELS));
    return new ModelOptions(
        options.choice(FreshetOptions.MODEL_ENCODER),
        dim,
        options.positive(FreshetOptions.MODEL_LEARNING_RATE_USER),
        options.positive(FreshetOptions.MODEL_LEARNING_RATE_ITEM),
        options.notNegative(FreshetOptions.MODEL_REGULARISATION),
        options.positive(FreshetOptions.MODEL_INIT_SCALE),
        options.integer(FreshetOptions.MODEL_NEGATIVES, 1, 1024),
        options.share(FreshetOptions.MODEL_NEGATIVES_RECENT_SHARE),
        options.integer(FreshetOptions.MODEL_REPLAYS, 0, 1024),
        options.integer(FreshetOptions.MODEL_FOLD_IN_STEPS, 0, 1024),
        options.share(FreshetOptions.MODEL_REPLAY_BEHIND),
        options.atLeastOne(FreshetOptions.MODEL_REPLAY_IDLE),
        options.positive(FreshetOptions.MODEL_MAX_WEIGHT),
        options.integer(FreshetOptions.HISTORY_MAX_ITEMS, 1),
        options.durations(FreshetOptions.POPULARITY_HALF_LIVES, ONE_MILLI).stream()
            .map(Duration::toMillis)
            .toList(),
        options.duration(FreshetOptions.POPULARITY_EXPOSURE_HALF_LIFE, ONE_MILLI).toMillis(),
        options.integer(FreshetOptions.COMPANIONS_MAX, 2, 2048),
        channels,
        options.integer(FreshetOptions.RANKER_CANDIDATES, 1, 65_536),
        options.integer(FreshetOptions.RANKER_WIDTH, 1, 4096),
        options.positive(FreshetOptions.RANKER_LEARNING_RATE),
        options.notNegative(FreshetOptions.MODEL_PRIOR_POPULARITY),
        options.notNegative(FreshetOptions.MODEL_PRIOR_DEGREE),
        options.integer(FreshetOptions.LISTS_COLD_START_MIN_POSITIVES, 0),
        seed,
        options.integer(FreshetOptions.ITEMS_MAX, 1),
        (int) Math.min(Integer.MAX_VALUE, scoreBytes / Float.BYTES),
        options.integer(FreshetOptions.RETRIEVAL_EXACT_UP_TO, 0),
        options.share(FreshetOptions.RETRIEVAL_SCAN),
        options.bytes(FreshetOptions.LEARNER_PENDING_MAX_BYTES, 0),
        forgetting(),
        codebooks,
        options.integer(FreshetOptions.CODEBOOK_PREFIX_ITEMS, 4, 65_536),
        hardNegatives);
  }

  private Forgetting forgetting() {
    return new Forgetting(
        options.duration(FreshetOptions.EDGES_TTL, Duration.ZERO).toMillis(),
        options.duration(FreshetOptions.EDGES_HALF_LIFE, Duration.ZERO).toMillis(),
        options.duration(FreshetOptions.ITEMS_TTL, Duration.ZERO).toMillis());
  }

  private String bootstrapFile(ModelOptions model) {
    String given = options.optionalText(FreshetOptions.MODEL_BOOTSTRAP_FILE);
    if (given == null) {
      return null;
    }
    // Tasks may have another working directory.
    String path = Path.of(given).toAbsolutePath().toString();
    new BootstrapFile(path).faults(model).forEach(options::fault);
    return path;
  }

  private JobConfig.Lists lists() {
    return new JobConfig.Lists(
        options.integer(FreshetOptions.LISTS_SIZE, 1, 1000),
        options.duration(FreshetOptions.LISTS_MIN_INTERVAL, Duration.ZERO),
        options.flag(FreshetOptions.LISTS_EXCLUDE_SEEN),
        options.texts(FreshetOptions.LISTS_EXCLUDE_ITEMS));
  }

  private JobConfig.Quality quality() {
    return new JobConfig.Quality(
        options.fraction(FreshetOptions.QUALITY_SAMPLE),
        options.integer(FreshetOptions.QUALITY_WINDOW, 1));
  }

  private JobConfig.Runtime runtime() {
    return new JobConfig.Runtime(
        options.integer(FreshetOptions.JOB_PARALLELISM, 1, 32_768),
        options.integer(FreshetOptions.JOB_MAX_PARALLELISM, 1, 32_768),
        options.duration(FreshetOptions.CHECKPOINT_INTERVAL, Duration.ZERO),
        options.optionalText(FreshetOptions.CHECKPOINT_DIR),
        options.optionalText(FreshetOptions.STATE_DIR),
        options.integer(FreshetOptions.WEB_PORT, 0, 65_535),
        options.integer(FreshetOptions.METRICS_PROMETHEUS_PORT, 0, 65_535),
        options.map(FreshetOptions.FLINK_PROPERTIES));
  }

  private void checkPorts(JobConfig.Runtime runtime) {
    if (runtime.metricsPort() != 0 && runtime.metricsPort() == runtime.webPort()) {
      options.fault(
          FreshetOptions.WEB_PORT.key()
              + " and "
              + FreshetOptions.METRICS_PROMETHEUS_PORT.key()
              + " are both "
              + runtime.webPort()
              + "; use two ports");
    }
  }

  private void checkHistory(JobConfig.Events events, JobConfig.Runtime runtime) {
    if (!events.history().isEmpty() && runtime.checkpointInterval().isZero()) {
      options.fault(
          FreshetOptions.SOURCE_HISTORY.key()
              + " is set and "
              + FreshetOptions.CHECKPOINT_INTERVAL.key()
              + " is 0: the topic follows when a checkpoint holds the end of the history; set an"
              + " interval");
    }
  }

  private void checkTogether(
      JobConfig.Kafka kafka, JobConfig.Runtime runtime, JobConfig.Lists lists, ModelOptions model) {
    if (runtime.parallelism() > runtime.maxParallelism()) {
      options.fault(
          FreshetOptions.JOB_PARALLELISM.key()
              + " ("
              + runtime.parallelism()
              + ") is above "
              + FreshetOptions.JOB_MAX_PARALLELISM.key()
              + " ("
              + runtime.maxParallelism()
              + "); lower the first or, before the first start, raise the second");
    }
    if (kafka.exactlyOnce() && runtime.checkpointInterval().isZero()) {
      options.fault(
          FreshetOptions.KAFKA_DELIVERY.key()
              + " is exactly-once and "
              + FreshetOptions.CHECKPOINT_INTERVAL.key()
              + " is 0: without checkpoints no transaction would ever end; set an interval");
    }
    if (kafka.exactlyOnce()
        && kafka.transactionTimeout().compareTo(runtime.checkpointInterval()) <= 0) {
      options.fault(
          FreshetOptions.KAFKA_TRANSACTION_TIMEOUT.key()
              + " ("
              + DurationText.of(kafka.transactionTimeout())
              + ") must be longer than "
              + FreshetOptions.CHECKPOINT_INTERVAL.key()
              + " ("
              + DurationText.of(runtime.checkpointInterval())
              + "): a transaction stays open from one checkpoint to the next");
    }
    if (lists.size() > model.candidates()) {
      options.fault(
          FreshetOptions.LISTS_SIZE.key()
              + " ("
              + lists.size()
              + ") is above "
              + FreshetOptions.RANKER_CANDIDATES.key()
              + " ("
              + model.candidates()
              + "); raise the second, best to several times the first");
    }
    if (lists.size() > model.itemCapacity()) {
      options.fault(
          FreshetOptions.LISTS_SIZE.key()
              + " ("
              + lists.size()
              + ") is above "
              + FreshetOptions.ITEMS_MAX.key()
              + " ("
              + model.itemCapacity()
              + "); no list could be full");
    }
  }
}

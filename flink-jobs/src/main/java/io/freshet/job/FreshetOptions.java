// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.freshet.connect.Topic;
import io.freshet.model.Channel;
import io.freshet.model.ModelOptions;
import io.freshet.model.StreamEncoder;
import io.freshet.model.codebook.CodebookOptions;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/**
 * Every option of Freshet, named {@code category.sub.name}. Only {@link JobConfig} reads them;
 * {@code deploy/docs/configuration.md} is made from this class.
 */
public final class FreshetOptions {
  private static final ModelOptions MODEL = ModelOptions.defaults();
  private static final CodebookOptions CODEBOOK = CodebookOptions.defaults();

  private FreshetOptions() {}

  // ---- Kafka

  public static final ConfigOption<String> KAFKA_BOOTSTRAP_SERVERS =
      key("kafka.bootstrap.servers")
          .stringType()
          .noDefaultValue()
          .withDescription("Brokers to start from, host:port separated by commas. Required.");

  public static final ConfigOption<String> KAFKA_GROUP_ID =
      key("kafka.group.id")
          .stringType()
          .defaultValue("freshet")
          .withDescription(
              "Consumer group under which read offsets are committed; also the prefix of "
                  + "transactional ids. Two jobs on one Kafka need two names.");

  public static final ConfigOption<Map<String, String>> KAFKA_PROPERTIES =
      key("kafka.properties")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Passed to every Kafka client as they are, without the prefix, for example "
                  + "kafka.properties.security.protocol: SASL_SSL.");

  public static final ConfigOption<String> KAFKA_DELIVERY =
      key("kafka.delivery")
          .stringType()
          .defaultValue("at-least-once")
          .withDescription(
              "at-least-once: lists leave at once, and may repeat after a failure. exactly-once: "
                  + "Kafka transactions; lists become visible with the next checkpoint.");

  public static final ConfigOption<Duration> KAFKA_TRANSACTION_TIMEOUT =
      key("kafka.transaction.timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription(
              "How long a transaction may stay open with kafka.delivery: exactly-once. Longer than "
                  + "the longest outage to survive, shorter than the broker's "
                  + "transaction.max.timeout.ms.");

  // ---- Topics

  public static final ConfigOption<String> TOPIC_INTERACTIONS =
      topic(Topic.INTERACTIONS, "Interactions come from here.");

  public static final ConfigOption<String> TOPIC_DEAD_LETTERS =
      topic(Topic.DEAD_LETTERS, "Records that could not be used.");

  public static final ConfigOption<String> TOPIC_CONTROL =
      topic(
          Topic.CONTROL, "Orders come from here: erase a user, hide an item, roll codebooks back.");

  public static final ConfigOption<String> TOPIC_RECOMMENDATIONS =
      topic(Topic.RECOMMENDATIONS, "Each user's current list.");

  public static final ConfigOption<String> TOPIC_MODEL =
      topic(
          Topic.MODEL,
          "Rows of the item table, the codebooks and the ranking network; the learners share them.");

  public static final ConfigOption<String> TOPIC_CODEBOOK =
      topic(Topic.CODEBOOK, "What each re-fit of the codebooks changed.");

  public static final ConfigOption<String> TOPIC_QUALITY =
      topic(Topic.QUALITY, "Windows of tested events.");

  public static final ConfigOption<Boolean> TOPICS_CREATE =
      key("topics.create")
          .booleanType()
          .defaultValue(true)
          .withDescription("Whether missing topics are created at the start.");

  public static final ConfigOption<Integer> TOPICS_PARTITIONS =
      key("topics.partitions")
          .intType()
          .defaultValue(4)
          .withDescription("Partitions of a topic that is created.");

  public static final ConfigOption<Integer> TOPICS_REPLICATION_FACTOR =
      key("topics.replication-factor")
          .intType()
          .defaultValue(1)
          .withDescription("Replicas of a topic that is created; 3 is usual on a real cluster.");

  // ---- Events

  public static final ConfigOption<Map<String, String>> EVENTS_WEIGHTS =
      key("events.weights")
          .mapType()
          .defaultValue(defaultWeights())
          .withDescription(
              "Weight of each event type, laid over the defaults. Above 0: a positive. 0: accepted, "
                  + "but says nothing about taste. Below 0: takes the user's earlier positive with "
                  + "that item back. Other types go to the dead letters.");

  public static final ConfigOption<Float> EVENTS_RATING_MAX =
      key("events.rating.max")
          .floatType()
          .defaultValue(5f)
          .withDescription("The best value of an event of type rating.");

  public static final ConfigOption<Float> EVENTS_RATING_POSITIVE_SHARE =
      key("events.rating.positive-share")
          .floatType()
          .defaultValue(0.8f)
          .withDescription(
              "A rating is a positive from this share of events.rating.max, else it says that the "
                  + "user knows the item.");

  public static final ConfigOption<Integer> EVENTS_MAX_BYTES =
      key("events.max-bytes")
          .intType()
          .defaultValue(65_536)
          .withDescription("A larger record goes to the dead letters.");

  public static final ConfigOption<Duration> EVENTS_MAX_FUTURE =
      key("events.max-future")
          .durationType()
          .defaultValue(Duration.ofDays(1))
          .withDescription(
              "An event that lies further ahead of the clock goes to the dead letters: one wrong "
                  + "clock must not drag event time along.");

  public static final ConfigOption<Duration> SOURCE_OUT_OF_ORDERNESS =
      key("source.out-of-orderness")
          .durationType()
          .defaultValue(Duration.ofSeconds(5))
          .withDescription("How much later than its successors an event may come in a partition.");

  public static final ConfigOption<Duration> SOURCE_IDLENESS =
      key("source.idleness")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "After this long without an event a partition no longer holds time back.");

  public static final ConfigOption<List<String>> SOURCE_HISTORY =
      key("source.history")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Event files (.csv, .jsonl, each also .zst) that a job that starts anew reads first, in "
                  + "this order; then it goes on with the interactions topic, from its earliest "
                  + "record. An event_id that is in both counts once if dedupe.ttl is longer than "
                  + "the job takes to come to the second. Every task manager must find the files "
                  + "there until they are read. Needs checkpoint.interval.");

  public static final ConfigOption<Duration> DEDUPE_TTL =
      key("dedupe.ttl")
          .durationType()
          .defaultValue(Duration.ofDays(1))
          .withDescription("How long an event_id is remembered; a repeat within it has no effect.");

  // ---- Learner and merger

  public static final ConfigOption<Integer> LEARNER_BATCH_SIZE =
      key("learner.batch.size")
          .intType()
          .defaultValue(256)
          .withDescription("Events in a mini-step at most.");

  public static final ConfigOption<Duration> LEARNER_BATCH_INTERVAL =
      key("learner.batch.interval")
          .durationType()
          .defaultValue(Duration.ofMillis(20))
          .withDescription("A mini-step starts at the latest this long after its first event.");

  public static final ConfigOption<Boolean> LEARNER_BATCH_GROUP_BY_TIME =
      key("learner.batch.group-by-time")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Make each run of equal timestamps one mini-step, whatever its size: the rule of the "
                  + "evaluation protocol. Memory then grows with the longest such run.");

  public static final ConfigOption<Integer> LEARNER_CACHE_USERS =
      key("learner.cache.users")
          .intType()
          .defaultValue(100_000)
          .withDescription("Users that each learner keeps in memory; the others lie in RocksDB.");

  public static final ConfigOption<MemorySize> LEARNER_PENDING_MAX_BYTES =
      key("learner.pending.max-bytes")
          .memoryType()
          .defaultValue(new MemorySize(MODEL.maxPendingBytes()))
          .withDescription(
              "Bound on a learner's own item changes that their owner has not confirmed yet; beyond "
                  + "it the oldest are dropped from its copy, never from the owner's.");

  public static final ConfigOption<MemorySize> LEARNER_SCORES_MAX_BYTES =
      key("learner.scores.max-bytes")
          .memoryType()
          .defaultValue(new MemorySize((long) MODEL.scratchFloats() * Float.BYTES))
          .withDescription(
              "Bound on the buffer in which a learner scores several users at once; one user's "
                  + "scores always fit.");

  public static final ConfigOption<Duration> MERGER_SYNC_INTERVAL =
      key("merger.sync.interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withDescription(
              "A changed item row is published at most once in this time, its companions at most once "
                  + "in ten times as long.");

  public static final ConfigOption<Integer> MERGER_CACHE_ITEMS =
      key("merger.cache.items")
          .intType()
          .defaultValue(100_000)
          .withDescription("Item rows that each merger keeps in memory.");

  // ---- Model

  public static final ConfigOption<StreamEncoder> MODEL_ENCODER =
      key("model.encoder")
          .enumType(StreamEncoder.class)
          .defaultValue(MODEL.encoder())
          .withDescription(
              "What the items that a user has now add to the user's own embedding: nothing with mf; "
                  + "their weighted sum with lightgcn, ngat4rec, or topkgat, which learns a "
                  + "threshold for each user; with rankformer also a push away from all other "
                  + "items.");

  public static final ConfigOption<Integer> MODEL_DIMENSION =
      key("model.dimension")
          .intType()
          .defaultValue(MODEL.dim())
          .withDescription("Values per embedding.");

  public static final ConfigOption<Float> MODEL_LEARNING_RATE_USER =
      key("model.learning-rate.user")
          .floatType()
          .defaultValue(MODEL.userLearningRate())
          .withDescription("AdaGrad rate of user embeddings.");

  public static final ConfigOption<Float> MODEL_LEARNING_RATE_ITEM =
      key("model.learning-rate.item")
          .floatType()
          .defaultValue(MODEL.itemLearningRate())
          .withDescription("AdaGrad rate of item rows.");

  public static final ConfigOption<Float> MODEL_REGULARISATION =
      key("model.regularisation")
          .floatType()
          .defaultValue(MODEL.regularisation())
          .withDescription("Weight of the squared norm of every embedding that a step touches.");

  public static final ConfigOption<Float> MODEL_INIT_SCALE =
      key("model.init-scale")
          .floatType()
          .defaultValue(MODEL.initScale())
          .withDescription("Standard deviation of a new item's embedding; users start at zero.");

  public static final ConfigOption<Integer> MODEL_NEGATIVES =
      key("model.negatives.count")
          .intType()
          .defaultValue(MODEL.negatives())
          .withDescription("Items drawn against each positive.");

  public static final ConfigOption<Float> MODEL_NEGATIVES_RECENT_SHARE =
      key("model.negatives.recent-share")
          .floatType()
          .defaultValue(MODEL.recentNegatives())
          .withDescription("Share of them that is drawn from the latest positives of all users.");

  public static final ConfigOption<Float> MODEL_NEGATIVES_HARD_SHARE =
      key("model.negatives.hard-share")
          .floatType()
          .defaultValue(MODEL.hardNegatives())
          .withDescription(
              "Share of them that is drawn from what users who share a code prefix took.");

  public static final ConfigOption<Integer> MODEL_REPLAYS =
      key("model.replays")
          .intType()
          .defaultValue(MODEL.replays())
          .withDescription("Earlier positives of the same user learned again with each new one.");

  public static final ConfigOption<Integer> MODEL_FOLD_IN_STEPS =
      key("model.fold-in.steps")
          .intType()
          .defaultValue(MODEL.foldInSteps())
          .withDescription("Further steps per new positive that move the user alone.");

  public static final ConfigOption<Float> MODEL_REPLAY_BEHIND =
      key("model.replay.behind")
          .floatType()
          .defaultValue(MODEL.replayBehind())
          .withDescription(
              "Share of model.replays and model.fold-in.steps that a learner does when it has no time "
                  + "to spare (metric busy-share above 0.9).");

  public static final ConfigOption<Float> MODEL_REPLAY_IDLE =
      key("model.replay.idle")
          .floatType()
          .defaultValue(MODEL.replayIdle())
          .withDescription(
              "How many times model.replays and model.fold-in.steps a learner does while it has "
                  + "little to do (metric busy-share below 0.25).");

  public static final ConfigOption<Float> MODEL_MAX_WEIGHT =
      key("model.max-weight")
          .floatType()
          .defaultValue(MODEL.maxWeight())
          .withDescription("Bound on how much an event's weight multiplies its gradient.");

  public static final ConfigOption<Float> MODEL_PRIOR_POPULARITY =
      key("model.prior.popularity")
          .floatType()
          .defaultValue(MODEL.popularityPrior())
          .withDescription(
              "What a doubling of an item's decayed popularity adds to its score where the embedding "
                  + "chooses candidates.");

  public static final ConfigOption<Float> MODEL_PRIOR_DEGREE =
      key("model.prior.degree")
          .floatType()
          .defaultValue(MODEL.degreePrior())
          .withDescription("The same for a doubling of its number of users.");

  public static final ConfigOption<Long> MODEL_SEED =
      key("model.seed")
          .longType()
          .defaultValue(MODEL.seed())
          .withDescription("Seed of initial embeddings and of sampling.");

  public static final ConfigOption<String> MODEL_BOOTSTRAP_FILE =
      key("model.bootstrap.file")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Table file that items and users start from instead of from nothing; see "
                  + "deploy/docs/tables.md. Keep it in place for the life of the state: a row is "
                  + "looked up when it is first touched. Every task manager must find it there.");

  public static final ConfigOption<Integer> HISTORY_MAX_ITEMS =
      key("history.max-items")
          .intType()
          .defaultValue(MODEL.historyBound())
          .withDescription("Items remembered of a user; beyond it the oldest are forgotten.");

  public static final ConfigOption<Integer> ITEMS_MAX =
      key("items.max")
          .intType()
          .defaultValue(MODEL.itemCapacity())
          .withDescription(
              "Items known at most; events with further ones go to the dead letters. Each learner "
                  + "holds every row: about (model.dimension + 40) x 8 bytes, and the companions.");

  // ---- Forgetting

  public static final ConfigOption<Duration> EDGES_TTL =
      key("edges.ttl")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription(
              "Event time after which what a user did with an item is forgotten: the item leaves the "
                  + "user's history, and no longer counts the user. A user of whom nothing is left, "
                  + "and who did nothing since, leaves with its list. Of a user who does not act, "
                  + "what is old leaves up to an eighth of this time later. 0: never.");

  public static final ConfigOption<Duration> EDGES_HALF_LIFE =
      key("edges.half-life")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription(
              "Event time in which a positive loses half of its weight where it is learned again "
                  + "(model.replays, model.fold-in.steps). 0: none; the latest are drawn most often "
                  + "all the same.");

  public static final ConfigOption<Duration> ITEMS_TTL =
      key("items.ttl")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription(
              "Event time after which an item of which no event came, of whatever type, leaves lists, "
                  + "memory, state and the model topic, up to a quarter of this time later. If it "
                  + "comes back it starts anew. Hidden items stay hidden. Edges leave after this "
                  + "time too, if edges.ttl is 0 or longer. 0: never.");

  // ---- Channels and ranker

  public static final ConfigOption<List<Duration>> POPULARITY_HALF_LIVES =
      key("popularity.half-lives")
          .durationType()
          .asList()
          .defaultValues(
              MODEL.halfLives().stream().map(Duration::ofMillis).toArray(Duration[]::new))
          .withDescription(
              "Event times in which a positive loses half of its worth. What is trending by each of "
                  + "them is a channel of candidates, and the ranker learns which of them counts. "
                  + "Separated by ;");

  public static final ConfigOption<Duration> POPULARITY_EXPOSURE_HALF_LIFE =
      key("popularity.exposure-half-life")
          .durationType()
          .defaultValue(Duration.ofMillis(MODEL.exposureHalfLifeMillis()))
          .withDescription("The same for any event that tells that a user met an item.");

  public static final ConfigOption<Integer> COMPANIONS_MAX =
      key("companions.max")
          .intType()
          .defaultValue(MODEL.companions())
          .withDescription(
              "Companions kept of an item: what its users had met before. Each takes about 100 "
                  + "bytes in every learner at most; more make better lists where users take many "
                  + "items.");

  public static final ConfigOption<List<Channel>> RANKER_CHANNELS =
      key("ranker.channels")
          .enumType(Channel.class)
          .asList()
          .defaultValues(Channel.defaults().toArray(new Channel[0]))
          .withDescription(
              "What brings items into a user's ranking: the embedding; what is trending; what goes "
                  + "with, follows, or comes next after what the user met last; what is trending "
                  + "among users who share a code prefix. Separated by ;");

  public static final ConfigOption<Integer> RANKER_CANDIDATES =
      key("ranker.candidates")
          .intType()
          .defaultValue(MODEL.candidates())
          .withDescription("Items that each channel may bring into a user's ranking.");

  public static final ConfigOption<Integer> RANKER_WIDTH =
      key("ranker.width")
          .intType()
          .defaultValue(MODEL.scorerWidth())
          .withDescription("Hidden values of the network that ranks the candidates.");

  public static final ConfigOption<Float> RANKER_LEARNING_RATE =
      key("ranker.learning-rate")
          .floatType()
          .defaultValue(MODEL.scorerRate())
          .withDescription("AdaGrad rate of that network.");

  public static final ConfigOption<Double> RANKER_LEARN_SHARE =
      key("ranker.learn-share")
          .doubleType()
          .defaultValue(1.0)
          .withDescription(
              "Share of the new positives that the ranker learns from. Each costs a ranking of its "
                  + "own, made before the event is learned; a learner that is busy more than half of "
                  + "the time takes fewer by itself, down to a tenth (metric lesson-share).");

  public static final ConfigOption<Integer> RETRIEVAL_EXACT_UP_TO =
      key("retrieval.exact-up-to")
          .intType()
          .defaultValue(MODEL.exactUpTo())
          .withDescription(
              "Items up to which the embedding scores every one. Beyond, they are put into cells by "
                  + "k-means, and those in the most promising cells are scored; see "
                  + "deploy/docs/performance.md.");

  public static final ConfigOption<Float> RETRIEVAL_SCAN =
      key("retrieval.scan")
          .floatType()
          .defaultValue(MODEL.scan())
          .withDescription(
              "Share of the items that are scored for a list then, four times ranker.candidates at "
                  + "least. More finds more of the best, and takes as much longer.");

  // ---- Codebooks

  public static final ConfigOption<Integer> CODEBOOK_LEVELS =
      key("codebook.levels")
          .intType()
          .defaultValue(CODEBOOK.levels())
          .withDescription(
              "Codes of a user, one a level; the longer the prefix that two users share, the more "
                  + "alike they are. 0 gives users no codes.");

  public static final ConfigOption<Integer> CODEBOOK_CODES =
      key("codebook.codes")
          .intType()
          .defaultValue(CODEBOOK.codes())
          .withDescription("Codes to choose from at each level.");

  public static final ConfigOption<Double> CODEBOOK_DECAY =
      key("codebook.decay")
          .doubleType()
          .defaultValue(CODEBOOK.decay())
          .withDescription(
              "What a code keeps of its past at each re-fit (exponential moving average); lower "
                  + "follows a drift sooner, and noise too.");

  public static final ConfigOption<Duration> CODEBOOK_REFIT_INTERVAL =
      key("codebook.refit.interval")
          .durationType()
          .defaultValue(Duration.ofMillis(CODEBOOK.refitIntervalMillis()))
          .withDescription("Event time between two re-fits at least.");

  public static final ConfigOption<Integer> CODEBOOK_REFIT_MIN_USERS =
      key("codebook.refit.min-users")
          .intType()
          .defaultValue((int) CODEBOOK.minUsers())
          .withDescription(
              "Vectors of users that a re-fit waits for; a user who acts twice counts twice.");

  public static final ConfigOption<Integer> CODEBOOK_REFIT_FROZEN_AFTER =
      key("codebook.refit.frozen-after")
          .intType()
          .defaultValue((int) CODEBOOK.frozenAfter())
          .withDescription(
              "Re-fits after which the books stand still, to see what following a drift is worth; 0 "
                  + "for never.");

  public static final ConfigOption<Double> CODEBOOK_EXPIRE_BELOW =
      key("codebook.expire-below")
          .doubleType()
          .defaultValue(CODEBOOK.expireBelow())
          .withDescription(
              "A code that has less than this share of what it would have if all had the same is "
                  + "replaced.");

  public static final ConfigOption<Double> CODEBOOK_GATE_ERROR_RISE =
      key("codebook.gate.error-rise")
          .doubleType()
          .defaultValue(CODEBOOK.gateErrorRise())
          .withDescription(
              "A re-fit that raises the error on the same vectors by more than this share is held "
                  + "back.");

  public static final ConfigOption<Double> CODEBOOK_GATE_DEAD_SHARE =
      key("codebook.gate.dead-share")
          .doubleType()
          .defaultValue(CODEBOOK.gateDeadShare())
          .withDescription(
              "A re-fit that leaves more than this share of all codes without a vector, of those "
                  + "that had one, is held back.");

  public static final ConfigOption<Integer> CODEBOOK_VERSIONS =
      key("codebook.versions")
          .intType()
          .defaultValue(CODEBOOK.versions())
          .withDescription(
              "Latest versions of the books that are kept, to be rolled back to with freshet "
                  + "codebook roll-back.");

  public static final ConfigOption<Float> CODEBOOK_FILL_SCALING =
      key("codebook.fill-scaling")
          .floatType()
          .defaultValue(CODEBOOK.fillScaling())
          .withDescription(
              "With s above 0, a code that has less than 1/s of what it would have if all had the "
                  + "same seems nearer than it is, so that it fills; 0 goes by the distance alone.");

  public static final ConfigOption<Float> CODEBOOK_INTERVAL_WEIGHTING =
      key("codebook.interval-weighting")
          .floatType()
          .defaultValue(CODEBOOK.intervalWeighting())
          .withDescription(
              "Power of the time since a user acted last by which its vector counts, so that busy "
                  + "users do not make the books alone, 0 to 1; 0 counts all the same.");

  public static final ConfigOption<Integer> CODEBOOK_PREFIX_ITEMS =
      key("codebook.prefix-items")
          .intType()
          .defaultValue(MODEL.prefixItems())
          .withDescription(
              "Items kept of each code prefix, where ranker.channels has PREFIX or "
                  + "model.negatives.hard-share is above 0.");

  // ---- Lists

  public static final ConfigOption<Integer> LISTS_SIZE =
      key("lists.size").intType().defaultValue(20).withDescription("Items in a list at most: K.");

  public static final ConfigOption<Duration> LISTS_MIN_INTERVAL =
      key("lists.min-interval")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription(
              "A user's list is published at most once in this event time; 0 publishes after every "
                  + "event that changes it.");

  public static final ConfigOption<Boolean> LISTS_EXCLUDE_SEEN =
      key("lists.exclude-seen")
          .booleanType()
          .defaultValue(true)
          .withDescription("Whether items that the user knows stay out of the user's list.");

  public static final ConfigOption<List<String>> LISTS_EXCLUDE_ITEMS =
      key("lists.exclude-items")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Item ids that are never recommended. To hide an item while the job runs, send "
                  + "hide_item to the control topic.");

  public static final ConfigOption<Integer> LISTS_COLD_START_MIN_POSITIVES =
      key("lists.cold-start.min-positives")
          .intType()
          .defaultValue(MODEL.coldStartEdges())
          .withDescription("A user with fewer positives gets what is popular now.");

  // ---- Quality

  public static final ConfigOption<Double> QUALITY_SAMPLE =
      key("quality.sample")
          .doubleType()
          .defaultValue(0.1)
          .withDescription(
              "Share of the positives that are tested before they are learned; 0 switches quality "
                  + "windows off.");

  public static final ConfigOption<Integer> QUALITY_WINDOW =
      key("quality.window")
          .intType()
          .defaultValue(1_000)
          .withDescription("Tested events in a quality window.");

  // ---- Running

  public static final ConfigOption<Integer> JOB_PARALLELISM =
      key("job.parallelism")
          .intType()
          .defaultValue(2)
          .withDescription("Learners and mergers; each is one thread and holds the item table.");

  public static final ConfigOption<Integer> JOB_MAX_PARALLELISM =
      key("job.max-parallelism")
          .intType()
          .defaultValue(128)
          .withDescription("Bound on job.parallelism for the life of the state; it never changes.");

  public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
      key("checkpoint.interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription("Time between checkpoints; 0 for none.");

  public static final ConfigOption<String> CHECKPOINT_DIR =
      key("checkpoint.dir")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Where checkpoints are kept: a path or a URI that Flink can write. Without it they "
                  + "last as long as the process, and a restarted job starts anew.");

  public static final ConfigOption<String> STATE_DIR =
      key("state.dir")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Directory for RocksDB's working files in a local run; the system's temporary "
                  + "directory when absent. A fast local disk.");

  public static final ConfigOption<Integer> WEB_PORT =
      key("web.port")
          .intType()
          .defaultValue(8081)
          .withDescription(
              "Port of Flink's web page in a local run, on 127.0.0.1 only; 0 takes a free one.");

  public static final ConfigOption<Integer> METRICS_PROMETHEUS_PORT =
      key("metrics.prometheus.port")
          .intType()
          .defaultValue(0)
          .withDescription(
              "Port at which a local run tells its metrics to Prometheus, on 127.0.0.1 only; 0 for "
                  + "none. deploy/prometheus expects 9249. On a cluster: deploy/docs/monitoring.md.");

  public static final ConfigOption<Map<String, String>> FLINK_PROPERTIES =
      key("flink.properties")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Flink's own options, without the prefix, laid over what Freshet sets, for example "
                  + "flink.properties.taskmanager.memory.managed.size: 512m.");

  /** Every option, in the order of this class. */
  public static List<ConfigOption<?>> all() {
    List<ConfigOption<?>> options = new ArrayList<>();
    for (Field field : FreshetOptions.class.getDeclaredFields()) {
      if (ConfigOption.class.isAssignableFrom(field.getType())) {
        try {
          options.add((ConfigOption<?>) field.get(null));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return options;
  }

  /** Whether an option is a map, whose entries are keys of their own below its key. */
  static boolean isMap(ConfigOption<?> option) {
    return option.equals(KAFKA_PROPERTIES)
        || option.equals(EVENTS_WEIGHTS)
        || option.equals(FLINK_PROPERTIES);
  }

  private static ConfigOption<String> topic(Topic topic, String description) {
    return key(topic.option())
        .stringType()
        .defaultValue(topic.defaultName())
        .withDescription(description);
  }

  // Only what stands for choosing an item is a positive. What merely follows a choice (watching to
  // the end, commenting) would count the same choice twice.
  private static Map<String, String> defaultWeights() {
    Map<String, String> weights = new LinkedHashMap<>();
    weights.put("click", "1");
    weights.put("view", "0.5");
    weights.put("add_to_cart", "1");
    weights.put("purchase", "2");
    weights.put("like", "1");
    weights.put("rating", "1");
    weights.put("impression", "0");
    weights.put("long_view", "0");
    weights.put("comment", "0");
    weights.put("follow", "0");
    weights.put("forward", "0");
    weights.put("share", "0");
    weights.put("cancel", "-1");
    weights.put("return", "-1");
    weights.put("dislike", "-1");
    weights.put("hate", "-1");
    return weights;
  }
}

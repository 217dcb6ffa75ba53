// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.model.InitialRows;
import io.freshet.operator.CodebookFitter;
import io.freshet.operator.Dedupe;
import io.freshet.operator.EventTime;
import io.freshet.operator.ItemMerger;
import io.freshet.operator.LearnerSettings;
import io.freshet.operator.ModelPacks;
import io.freshet.operator.QualityWindows;
import io.freshet.operator.Route;
import io.freshet.operator.ScorerMerger;
import io.freshet.operator.StartingRows;
import io.freshet.operator.UserLearner;
import io.freshet.schema.CodeDelta;
import io.freshet.schema.CodebookRow;
import io.freshet.schema.ControlEvent;
import io.freshet.schema.DeadLetter;
import io.freshet.schema.Decoded;
import io.freshet.schema.FitterInput;
import io.freshet.schema.ItemDelta;
import io.freshet.schema.ItemRow;
import io.freshet.schema.ModelRecord;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.ScorerDelta;
import io.freshet.schema.ScorerRow;
import io.freshet.schema.TestOutcome;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The topology: interactions are decoded, deduplicated and learned from by user; item changes go to
 * their owners, what users' vectors are like to the fitter of codebooks, and what lists taught to
 * the owner of the ranking network; rows, codebooks and the network come back to every learner
 * through the model topic. The loop closes in Kafka, so the graph itself has no cycle.
 */
public final class FreshetJob {
  private final JobConfig config;
  private final Endpoints endpoints;
  private final long builtAt;

  /** A job between these endpoints. */
  public FreshetJob(JobConfig config, Endpoints endpoints) {
    this.config = config;
    this.endpoints = endpoints;
    this.builtAt = System.currentTimeMillis();
  }

  /** Adds the job's operators to an environment. */
  public void addTo(StreamExecutionEnvironment env) {
    env.setParallelism(config.runtime().parallelism());
    env.setMaxParallelism(maxParallelism());

    SingleOutputStreamOperator<Decoded> interactions = routedInteractions(env);
    SingleOutputStreamOperator<Decoded> orders = routedControl(env);
    SingleOutputStreamOperator<Decoded> events =
        named(
            interactions
                .union(orders)
                .keyBy(Decoded::userId)
                .process(new Dedupe(config.events().dedupeTtl())),
            Uids.DEDUPE);
    SingleOutputStreamOperator<RecommendationList> learner = learner(events, modelRecords(env));

    merger(learner.getSideOutput(UserLearner.DELTAS), orders.getSideOutput(Route.ITEM_ORDERS));
    scorer(learner.getSideOutput(UserLearner.SCORER));
    DataStream<QualityWindow> windows = quality(learner.getSideOutput(UserLearner.OUTCOMES));
    codebooks(
        learner.getSideOutput(UserLearner.CODES),
        windows,
        orders.getSideOutput(Route.CODEBOOK_ORDERS));
    learner
        .sinkTo(endpoints.lists())
        .name(Uids.LISTS_SINK)
        .uid(Uids.LISTS_SINK)
        .setMaxParallelism(maxParallelism());
    DataStream<DeadLetter> deadLetters =
        interactions
            .getSideOutput(Route.DEAD_LETTERS)
            .union(
                orders.getSideOutput(Route.DEAD_LETTERS),
                learner.getSideOutput(UserLearner.DEAD_LETTERS));
    deadLetters
        .sinkTo(endpoints.deadLetters())
        .name(Uids.DEAD_LETTER_SINK)
        .uid(Uids.DEAD_LETTER_SINK)
        .setMaxParallelism(maxParallelism());
  }

  private SingleOutputStreamOperator<Decoded> routedInteractions(StreamExecutionEnvironment env) {
    JobConfig.Events events = config.events();
    SingleOutputStreamOperator<Decoded> source =
        named(
            env.fromSource(
                endpoints.interactions(),
                EventTime.ofInteractions(events.outOfOrderness(), events.idleness()),
                Uids.INTERACTIONS,
                TypeInformation.of(Decoded.class)),
            Uids.INTERACTIONS);
    return named(source.process(new Route()), Uids.ROUTE_INTERACTIONS);
  }

  private SingleOutputStreamOperator<Decoded> routedControl(StreamExecutionEnvironment env) {
    SingleOutputStreamOperator<Decoded> source =
        named(
            env.fromSource(
                endpoints.control(),
                EventTime.ofOrders(),
                Uids.CONTROL,
                TypeInformation.of(Decoded.class)),
            Uids.CONTROL);
    return named(source.process(new Route()), Uids.ROUTE_CONTROL);
  }

  private DataStream<ModelRecord[]> modelRecords(StreamExecutionEnvironment env) {
    SingleOutputStreamOperator<ModelRecord> source =
        named(
            env.fromSource(
                endpoints.modelRecords(),
                WatermarkStrategy.noWatermarks(),
                Uids.ITEM_ROWS,
                TypeInformation.of(ModelRecord.class)),
            Uids.ITEM_ROWS);
    return named(
            source.transform(Uids.MODEL_PACKS, ModelPacks.TYPE, new ModelPacks()), Uids.MODEL_PACKS)
        .broadcast();
  }

  private SingleOutputStreamOperator<RecommendationList> learner(
      DataStream<Decoded> events, DataStream<ModelRecord[]> rows) {
    // Dedupe has brought the user's events to the learner's subtask already, in their order.
    KeyedStream<Decoded, String> byUser =
        DataStreamUtils.reinterpretAsKeyedStream(events, Decoded::userId);
    LearnerSettings settings = settings();
    return named(
        byUser
            .connect(rows)
            .transform(
                Uids.USER_LEARNER,
                TypeInformation.of(RecommendationList.class),
                new UserLearner(settings, start())),
        Uids.USER_LEARNER);
  }

  private StartingRows start() {
    return config.bootstrapFile() == null
        ? InitialRows::hashed
        : new BootstrapFile(config.bootstrapFile());
  }

  private LearnerSettings settings() {
    return new LearnerSettings(
        config.model(),
        config.events().types(),
        config.learner().batchSize(),
        config.learner().batchInterval().toMillis(),
        config.learner().groupByTime(),
        config.learner().cachedUsers(),
        config.lists().size(),
        config.lists().minInterval().toMillis(),
        config.lists().excludeSeen(),
        config.lists().excludedItems(),
        config.quality().sample(),
        config.learner().learnShare(),
        builtAt);
  }

  private void merger(DataStream<ItemDelta> deltas, DataStream<ItemDelta> orders) {
    ItemMerger merger =
        new ItemMerger(
            config.model(),
            start(),
            config.merger().syncInterval().toMillis(),
            config.merger().cachedItems());
    named(
            deltas
                .union(orders)
                .keyBy(ItemDelta::itemId)
                .transform(Uids.ITEM_MERGER, TypeInformation.of(ItemRow.class), merger),
            Uids.ITEM_MERGER)
        .sinkTo(endpoints.model())
        .name(Uids.MODEL_SINK)
        .uid(Uids.MODEL_SINK)
        .setMaxParallelism(maxParallelism());
  }

  /** A single learner sends nothing; the owner is there all the same, as a savepoint has it. */
  private void scorer(DataStream<ScorerDelta> deltas) {
    SingleOutputStreamOperator<ScorerRow> merger =
        single(
            deltas.transform(
                Uids.SCORER_MERGER, TypeInformation.of(ScorerRow.class), new ScorerMerger()),
            Uids.SCORER_MERGER);
    merger.startNewChain();
    single(merger, endpoints.scorer(), Uids.SCORER_SINK);
  }

  private DataStream<QualityWindow> quality(DataStream<TestOutcome> outcomes) {
    SingleOutputStreamOperator<QualityWindow> windows =
        single(
            outcomes.process(
                new QualityWindows(config.quality().window(), config.runtime().parallelism())),
            Uids.QUALITY_WINDOWS);
    // A single learner's chain would have the learner's max parallelism, and so would the state in
    // a savepoint; with two learners it has 1, and Flink would refuse to go on from it.
    windows.startNewChain();
    single(windows, endpoints.quality(), Uids.QUALITY_SINK);
    return windows;
  }

  /** There is a fitter also where users get no codes: a savepoint's state of it needs a place. */
  private void codebooks(
      DataStream<CodeDelta> codes,
      DataStream<QualityWindow> windows,
      DataStream<ControlEvent> orders) {
    TypeInformation<FitterInput> input = TypeInformation.of(FitterInput.class);
    SingleOutputStreamOperator<CodebookRow> fitter =
        single(
            named(codes.map(FitterInput::of, input), Uids.CODES_TO_FITTER)
                .union(
                    single(windows.map(FitterInput::of, input), Uids.QUALITY_TO_FITTER),
                    named(orders.map(FitterInput::of, input), Uids.ORDERS_TO_FITTER))
                .transform(
                    Uids.CODEBOOK_FITTER,
                    TypeInformation.of(CodebookRow.class),
                    new CodebookFitter(config.model(), builtAt)),
            Uids.CODEBOOK_FITTER);
    single(fitter, endpoints.books(), Uids.BOOKS_SINK);
    single(fitter.getSideOutput(CodebookFitter.DRIFT), endpoints.codebook(), Uids.CODEBOOK_SINK);
  }

  private static <T> void single(DataStream<T> stream, Sink<T> sink, String uid) {
    stream.sinkTo(sink).name(uid).uid(uid).setParallelism(1).setMaxParallelism(1);
  }

  /** An operator of one instance, whatever the job's parallelism. */
  private static <T> SingleOutputStreamOperator<T> single(
      SingleOutputStreamOperator<T> operator, String uid) {
    return operator.name(uid).uid(uid).setParallelism(1).setMaxParallelism(1);
  }

  private <T> SingleOutputStreamOperator<T> named(
      SingleOutputStreamOperator<T> operator, String uid) {
    return operator.name(uid).uid(uid).setMaxParallelism(maxParallelism());
  }

  private int maxParallelism() {
    return config.runtime().maxParallelism();
  }
}

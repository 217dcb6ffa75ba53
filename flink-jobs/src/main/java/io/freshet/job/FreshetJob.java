// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.model.InitialRows;
import io.freshet.operator.Dedupe;
import io.freshet.operator.EventTime;
import io.freshet.operator.ItemMerger;
import io.freshet.operator.LearnerSettings;
import io.freshet.operator.QualityWindows;
import io.freshet.operator.Route;
import io.freshet.operator.StartingRows;
import io.freshet.operator.UserLearner;
import io.freshet.schema.DeadLetter;
import io.freshet.schema.Decoded;
import io.freshet.schema.ItemDelta;
import io.freshet.schema.ItemRow;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.TestOutcome;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The topology: interactions are decoded, deduplicated and learned from by user; item changes go to
 * their owners; the owners' rows come back to every learner through the model topic. The loop
 * closes in Kafka, so the graph itself has no cycle.
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
    SingleOutputStreamOperator<RecommendationList> learner = learner(events, itemRows(env));

    merger(learner.getSideOutput(UserLearner.DELTAS), orders.getSideOutput(Route.ITEM_ORDERS));
    quality(learner.getSideOutput(UserLearner.OUTCOMES));
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

  private DataStream<ItemRow> itemRows(StreamExecutionEnvironment env) {
    return named(
            env.fromSource(
                endpoints.itemRows(),
                WatermarkStrategy.noWatermarks(),
                Uids.ITEM_ROWS,
                TypeInformation.of(ItemRow.class)),
            Uids.ITEM_ROWS)
        .broadcast();
  }

  private SingleOutputStreamOperator<RecommendationList> learner(
      DataStream<Decoded> events, DataStream<ItemRow> rows) {
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

  private void quality(DataStream<TestOutcome> outcomes) {
    outcomes
        .process(new QualityWindows(config.quality().window(), config.runtime().parallelism()))
        .name(Uids.QUALITY_WINDOWS)
        .uid(Uids.QUALITY_WINDOWS)
        .setParallelism(1)
        .setMaxParallelism(1)
        .sinkTo(endpoints.quality())
        .name(Uids.QUALITY_SINK)
        .uid(Uids.QUALITY_SINK)
        .setParallelism(1)
        .setMaxParallelism(1);
  }

  private <T> SingleOutputStreamOperator<T> named(
      SingleOutputStreamOperator<T> operator, String uid) {
    return operator.name(uid).uid(uid).setMaxParallelism(maxParallelism());
  }

  private int maxParallelism() {
    return config.runtime().maxParallelism();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.connect.Topic;
import io.freshet.schema.CodebookDrift;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Everything but the users, as the page asks for it every other second. */
final class StateJson {
  private final MonitorOptions options;
  private final Supplier<Cluster> cluster;
  private final List<TopicFollower> followers;
  private final FlowBoard flow;
  private final Boards boards;
  private final long startedAt = System.currentTimeMillis();

  StateJson(
      MonitorOptions options,
      Supplier<Cluster> cluster,
      List<TopicFollower> followers,
      FlowBoard flow,
      Boards boards) {
    this.options = options;
    this.cluster = cluster;
    this.followers = followers;
    this.flow = flow;
    this.boards = boards;
  }

  /** The state as of now. */
  ObjectNode read() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    long now = System.currentTimeMillis();
    root.put("now", now);
    root.put("started_at", startedAt);
    putKafka(root.putObject("kafka"));
    ArrayNode topics = root.putArray("topics");
    for (TopicFollower follower : followers) {
      putTopic(topics.addObject(), follower.status());
    }
    putFlow(root, now);
    putQuality(root.putArray("quality"));
    putCodebooks(root.putArray("codebooks"));
    putAlarms(root.putArray("alarms"));
    UserDirectory.Fill fill = boards.users().fill();
    ObjectNode users = root.putObject("users");
    users.put("held", fill.held());
    users.put("capacity", fill.capacity());
    users.put("let_go", fill.letGo());
    return root;
  }

  private void putKafka(ObjectNode node) {
    Cluster now = cluster.get();
    node.put("servers", options.kafka().bootstrapServers());
    node.put("reachable", now.reachable());
    node.put("since", now.since());
    node.put("fault", now.fault());
  }

  private static void putTopic(ObjectNode node, TopicStatus status) {
    node.put("role", lower(status.topic()));
    node.put("name", status.name());
    node.put("state", lower(status.state()));
    node.put("message", status.message());
    node.put("records", status.records());
    node.put("unreadable", status.unreadable());
    node.put("unreadable_reason", status.unreadableReason());
    node.put("last_at", status.lastAt());
  }

  private void putFlow(ObjectNode root, long now) {
    FlowBoard.View view = flow.view();
    ObjectNode node = root.putObject("flow");
    JsonFigures.put(node, "rate", view.rate());
    JsonFigures.put(node, "lag", view.lag());
    node.put("lag_of", options.taken() == null ? "group" : "job");
    node.put("group", options.kafka().clientName(Topic.INTERACTIONS));
    node.put("lag_fault", view.lagFault());
    node.put("committed_at", view.committedAt());
    JsonFigures.putSeries(node, view.points(), "rate", "lag");
    SlidingLatency.Figures minute = boards.latency(now);
    ObjectNode latency = root.putObject("latency");
    latency.put("window_seconds", SlidingLatency.WINDOW_SECONDS);
    latency.put("lists", minute.lists());
    JsonFigures.put(latency, "p50", minute.p50());
    JsonFigures.put(latency, "p99", minute.p99());
    JsonFigures.putSeries(latency, view.latencies(), "p50", "p99");
  }

  private void putQuality(ArrayNode array) {
    for (QualityBoard.View view : boards.quality().view()) {
      ObjectNode node = array.addObject();
      node.put("model", view.model());
      node.put("windows", view.windows());
      node.put("tests", view.latest().warm().tests());
      node.put("to_time", view.latest().toTime());
      JsonFigures.put(node, "recall", QualityBoard.recall20(view.latest().warm()));
      JsonFigures.put(node, "ndcg", QualityBoard.ndcg20(view.latest().warm()));
      JsonFigures.putSeries(node, view.points(), "recall", "ndcg");
    }
  }

  private void putCodebooks(ArrayNode array) {
    for (CodebookBoard.View view : boards.codebook().view()) {
      ObjectNode node = array.addObject();
      node.put("books", view.books());
      ObjectNode outcomes = node.putObject("outcomes");
      for (Map.Entry<CodebookDrift.Outcome, Long> outcome : view.outcomes().entrySet()) {
        outcomes.put(outcome.getKey().wireName(), outcome.getValue());
      }
      ArrayNode notable = node.putArray("notable");
      for (CodebookDrift refit : view.notable()) {
        putRefit(notable.addObject(), refit);
      }
      ArrayNode levels = node.putArray("levels");
      for (CodebookBoard.LevelView level : view.levels()) {
        ObjectNode of = levels.addObject();
        putRefit(of, level.latest());
        putFigures(of, level.latest().figures());
        JsonFigures.putSeries(
            of, level.points(), "perplexity", "error", "changed", "separation", "effective_rank");
      }
    }
  }

  private static void putRefit(ObjectNode node, CodebookDrift refit) {
    node.put("level", refit.level());
    node.put("epoch", refit.epoch());
    node.put("version", refit.version());
    node.put("event_time", refit.eventTime());
    node.put("generated_at", refit.generatedAt());
    node.put("outcome", refit.outcome().wireName());
    node.put("reason", refit.reason());
  }

  private static void putFigures(ObjectNode node, CodebookDrift.Figures figures) {
    node.put("users", figures.users());
    node.put("codes", figures.codes());
    node.put("codes_used", figures.codesUsed());
    node.put("dead", figures.dead());
    node.put("expired", figures.expired());
    JsonFigures.put(
        node, "perplexity", figures.perplexity() == 0 ? Double.NaN : figures.perplexity());
    JsonFigures.put(node, "largest_share", figures.largestShare());
    JsonFigures.put(node, "error", figures.error());
    JsonFigures.put(node, "centroid_shift", figures.centroidShift());
    JsonFigures.put(node, "changed", figures.changed());
    JsonFigures.put(node, "separation", figures.separation());
    JsonFigures.put(node, "effective_rank", figures.effectiveRank());
    JsonFigures.put(node, "usage", figures.usage());
  }

  private void putAlarms(ArrayNode array) {
    for (AlarmLog.Entry entry : boards.alarms().view()) {
      ObjectNode node = array.addObject();
      node.put("books", entry.books());
      node.put("metric", entry.alarm().metric());
      node.put("level", entry.alarm().level());
      node.put("detector", entry.alarm().detector());
      JsonFigures.put(node, "value", entry.alarm().value());
      JsonFigures.put(node, "threshold", entry.alarm().threshold());
      node.put("since", entry.alarm().since());
      node.put("cleared", entry.cleared());
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

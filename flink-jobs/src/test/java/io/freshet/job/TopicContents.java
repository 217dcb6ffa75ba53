// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.connect.TopicReader;
import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookDriftJson;
import io.freshet.schema.CodebookRow;
import io.freshet.schema.CodebookRowJson;
import io.freshet.schema.ItemRow;
import io.freshet.schema.ItemRowJson;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecommendationListJson;
import io.freshet.schema.RecordException;
import io.freshet.schema.ScorerRow;
import io.freshet.schema.ScorerRowJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the topics of a job hold, read anew each time. */
public record TopicContents(JobConfig config) {

  /** Every record of a topic so far. */
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicReader reader =
        new TopicReader(KafkaEndpoints.connection(config), topic, TopicReader.From.BEGINNING)) {
      while (reader.remaining() > 0) {
        reader.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  /** The current list of each user; null after a tombstone. */
  Map<String, RecommendationList> lists() throws RecordException {
    Map<String, RecommendationList> lists = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records(config.topics().recommendations())) {
      lists.put(
          new String(record.key(), StandardCharsets.UTF_8),
          record.value() == null ? null : RecommendationListJson.read(record.value()));
    }
    return lists;
  }

  /** The current row of each item: the one with the largest (epoch, version). */
  public Map<String, ItemRow> rows() throws RecordException {
    Map<String, ItemRow> rows = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records(config.topics().model())) {
      if (record.value() == null) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        rows.keySet().removeIf(item -> ItemRow.key(item).equals(key)); // it has left
        continue;
      }
      if (isBooks(record) || isScorer(record)) {
        continue;
      }
      ItemRow row = ItemRowJson.read(record.value());
      if (row.isCompanionsPart()) {
        continue;
      }
      ItemRow known = rows.get(row.itemId());
      if (known == null
          || row.epoch() > known.epoch()
          || (row.epoch() == known.epoch() && row.version() > known.version())) {
        rows.put(row.itemId(), row);
      }
    }
    return rows;
  }

  /** Every version of the users' codebooks that was published, in order. */
  List<CodebookRow> books() throws RecordException {
    List<CodebookRow> books = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records(config.topics().model())) {
      if (isBooks(record)) {
        books.add(CodebookRowJson.read(record.value()));
      }
    }
    return books;
  }

  /** The ranking network's weights as they were published last; null before the first. */
  ScorerRow scorer() throws RecordException {
    ScorerRow last = null;
    for (ConsumerRecord<byte[], byte[]> record : records(config.topics().model())) {
      if (isScorer(record)) {
        last = ScorerRowJson.read(record.value());
      }
    }
    return last;
  }

  private static boolean isBooks(ConsumerRecord<byte[], byte[]> record) {
    return has(record, CodebookRow.key(CodebookRow.USERS));
  }

  private static boolean isScorer(ConsumerRecord<byte[], byte[]> record) {
    return has(record, ScorerRow.KEY);
  }

  private static boolean has(ConsumerRecord<byte[], byte[]> record, String key) {
    return new String(record.key(), StandardCharsets.UTF_8).equals(key);
  }

  /** What re-fits told, in order. */
  List<CodebookDrift> drift() throws RecordException {
    List<CodebookDrift> drift = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records(config.topics().codebook())) {
      drift.add(CodebookDriftJson.read(record.value()));
    }
    drift.sort(Comparator.comparingLong(CodebookDrift::generatedAt));
    return drift;
  }

  /** Users by item, as the item rows count them; without the items that nobody has. */
  public Map<String, Long> degrees() throws RecordException {
    return ofItems(row -> row.counts().degree());
  }

  /**
   * Positives by item, likewise: true counts where the first half-life is far longer than the
   * stream.
   */
  Map<String, Long> positives() throws RecordException {
    return ofItems(row -> Math.round(row.counts().popularity()[0]));
  }

  private Map<String, Long> ofItems(ToLongFunction<ItemRow> count) throws RecordException {
    Map<String, Long> counts = new HashMap<>();
    for (ItemRow row : rows().values()) {
      long counted = count.applyAsLong(row);
      if (counted != 0) {
        counts.put(row.itemId(), counted);
      }
    }
    return counts;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookDriftJson;
import io.freshet.schema.CodebookRow;
import io.freshet.schema.CodebookRowJson;
import io.freshet.schema.ItemRow;
import io.freshet.schema.ItemRowJson;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.QualityWindowJson;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecommendationListJson;
import io.freshet.schema.RowCompanions;
import io.freshet.schema.RowCounts;
import io.freshet.schema.ScoredItem;
import io.freshet.schema.ScorerRow;
import io.freshet.schema.ScorerRowJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RecordFormatTest {
  private static final long EVENT_TIME = 1_000;

  private static String key(ProducerRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }

  private static String schema(ProducerRecord<byte[], byte[]> record) {
    return new String(
        record.headers().lastHeader(RecordFormat.HEADER_SCHEMA).value(), StandardCharsets.UTF_8);
  }

  @Test
  void aListIsKeyedByItsUserAndNamesItsSchema() throws Exception {
    RecommendationList list =
        new RecommendationList(
            "ü1",
            List.of(new ScoredItem("i1", 0.5f)),
            7,
            EVENT_TIME,
            2_000,
            RecommendationList.Reason.EVENT,
            RecommendationList.NO_CODES);
    ProducerRecord<byte[], byte[]> record =
        RecordFormat.lists("lists").serialize(list, null, EVENT_TIME);

    assertThat(key(record)).isEqualTo("ü1");
    assertThat(schema(record)).isEqualTo("recommendations/1");
    assertThat(RecommendationListJson.read(record.value())).isEqualTo(list);
  }

  @Test
  void anErasedUsersListIsATombstone() {
    ProducerRecord<byte[], byte[]> record =
        RecordFormat.lists("lists")
            .serialize(RecommendationList.erased("u1", EVENT_TIME), null, EVENT_TIME);
    assertThat(key(record)).isEqualTo("u1");
    assertThat(record.value()).isNull();
  }

  @Test
  void aWindowIsKeyedByModelAndNumber() throws Exception {
    QualityWindow window =
        new QualityWindow(
            "freshet", 4, 1, 2, QualityWindow.Sums.NONE, QualityWindow.Sums.NONE.plus(3), true);
    ProducerRecord<byte[], byte[]> record =
        RecordFormat.qualityWindows("quality").serialize(window, null, EVENT_TIME);
    assertThat(key(record)).isEqualTo("freshet/4");
    assertThat(schema(record)).isEqualTo("quality/1");
    assertThat(QualityWindowJson.read(record.value())).isEqualTo(window);
  }

  @Test
  void theRankingNetworkHasOneKey() throws Exception {
    ScorerRow scorer = new ScorerRow(1, 2, new float[] {1, 2}, new long[] {3});
    ProducerRecord<byte[], byte[]> record =
        RecordFormat.scorers("model").serialize(scorer, null, EVENT_TIME);
    assertThat(key(record)).isEqualTo("ranker");
    assertThat(schema(record)).isEqualTo("ranker-row/1");
    assertThat(ScorerRowJson.read(record.value())).usingRecursiveComparison().isEqualTo(scorer);
  }

  @Test
  void booksAndTheirDriftAreKeyedByWhoseTheyAre() throws Exception {
    CodebookRow books =
        new CodebookRow("users", 1, 2, 1, 2, 1, new float[] {1, 2}, new float[2], 3);
    ProducerRecord<byte[], byte[]> row =
        RecordFormat.books("model").serialize(books, null, EVENT_TIME);
    assertThat(key(row)).isEqualTo("codebook/users");
    assertThat(schema(row)).isEqualTo("codebook-row/1");
    assertThat(CodebookRowJson.read(row.value())).usingRecursiveComparison().isEqualTo(books);

    CodebookDrift drift =
        new CodebookDrift(
            "users",
            1,
            2,
            3,
            3,
            4,
            5,
            CodebookDrift.Outcome.PUBLISHED,
            null,
            new CodebookDrift.Figures(1, 2, 2, 2, 0, 0, 1, 1, 0, 0, 1, 1, new double[] {1, 0}),
            List.of());
    ProducerRecord<byte[], byte[]> record =
        RecordFormat.drift("codebook").serialize(drift, null, EVENT_TIME);
    assertThat(key(record)).isEqualTo("users/3");
    assertThat(schema(record)).isEqualTo("codebook/1");
    assertThat(CodebookDriftJson.read(record.value())).usingRecursiveComparison().isEqualTo(drift);
  }

  @Test
  void recordsAreStampedWhenSentAndNotWithTheirEventTime() throws Exception {
    ItemRow row =
        new ItemRow(
            "42",
            1,
            2,
            new float[] {1, 2},
            0,
            RowCounts.NONE,
            RowCompanions.NONE,
            false,
            new long[] {8});
    ProducerRecord<byte[], byte[]> record =
        RecordFormat.itemRows("model").serialize(row, null, EVENT_TIME);
    assertThat(record.timestamp()).isNull();
    assertThat(key(record)).isEqualTo("item/42");
    assertThat(schema(record)).isEqualTo("model-row/1");
    assertThat(ItemRowJson.read(record.value())).usingRecursiveComparison().isEqualTo(row);
  }
}

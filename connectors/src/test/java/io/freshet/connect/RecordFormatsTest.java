// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schema.ItemRow;
import io.freshet.schema.ItemRowJson;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.QualityWindowJson;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecommendationListJson;
import io.freshet.schema.RowCompanions;
import io.freshet.schema.RowCounts;
import io.freshet.schema.ScoredItem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RecordFormatsTest {
  private static final long EVENT_TIME = 1_000;

  private static String key(ProducerRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }

  private static String schema(ProducerRecord<byte[], byte[]> record) {
    return new String(
        record.headers().lastHeader(RecordFormats.HEADER_SCHEMA).value(), StandardCharsets.UTF_8);
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
        new RecordFormats.Lists("lists").serialize(list, null, EVENT_TIME);

    assertThat(key(record)).isEqualTo("ü1");
    assertThat(schema(record)).isEqualTo("recommendations/1");
    assertThat(RecommendationListJson.read(record.value())).isEqualTo(list);
  }

  @Test
  void anErasedUsersListIsATombstone() {
    ProducerRecord<byte[], byte[]> record =
        new RecordFormats.Lists("lists")
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
        new RecordFormats.QualityWindows("quality").serialize(window, null, EVENT_TIME);
    assertThat(key(record)).isEqualTo("freshet/4");
    assertThat(schema(record)).isEqualTo("quality/1");
    assertThat(QualityWindowJson.read(record.value())).isEqualTo(window);
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
        new RecordFormats.ItemRows("model").serialize(row, null, EVENT_TIME);
    assertThat(record.timestamp()).isNull();
    assertThat(key(record)).isEqualTo("item/42");
    assertThat(schema(record)).isEqualTo("model-row/1");
    assertThat(ItemRowJson.read(record.value())).usingRecursiveComparison().isEqualTo(row);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schema.CodebookRow;
import io.freshet.schema.CodebookRowJson;
import io.freshet.schema.ItemRow;
import io.freshet.schema.ItemRowJson;
import io.freshet.schema.ModelRecord;
import io.freshet.schema.RowCompanions;
import io.freshet.schema.RowCounts;
import io.freshet.schema.ScorerRow;
import io.freshet.schema.ScorerRowJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelRecordDecoderTest {
  private static final byte[] ROW =
      ItemRowJson.write(
          new ItemRow(
              "42",
              1,
              2,
              new float[] {1, 2},
              0,
              RowCounts.NONE,
              RowCompanions.NONE,
              false,
              new long[] {8}));

  private static final byte[] BOOKS =
      CodebookRowJson.write(
          new CodebookRow("users", 1, 2, 1, 2, 1, new float[] {1, 2}, new float[2], 3));

  private static final byte[] SCORER =
      ScorerRowJson.write(new ScorerRow(1, 2, new float[] {3, 4}, new long[] {8}));

  private final CountingMetrics metrics = new CountingMetrics();
  private final ModelRecordDecoder decoder = new ModelRecordDecoder();
  private final List<ModelRecord> rows = new ArrayList<>();

  @BeforeEach
  void open() {
    decoder.open(metrics);
  }

  private void decode(String key, byte[] value) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    decoder.deserialize(
        new ConsumerRecord<>("model", 0, 1, keyBytes, value), new ListCollector<>(rows));
  }

  @Test
  void onlyItemRowsBooksAndTheRankingNetworkComeThrough() {
    decode("item/42", ROW);
    decode("item/42", null);
    decode("codebook/users", BOOKS);
    decode("codebook/users", null);
    decode("ranker", SCORER);
    decode("ranker", null);
    decode("ranker/2", ROW);
    decode("items", ROW);
    decode("", ROW);
    decode(null, ROW);

    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).item().itemId()).isEqualTo("42");
    assertThat(rows.get(0).books()).isNull();
    assertThat(rows.get(1).books().centroids()).containsExactly(1, 2);
    assertThat(rows.get(1).item()).isNull();
    assertThat(rows.get(2).scorer().weights()).containsExactly(3, 4);
    assertThat(rows.get(2).books()).isNull();
    assertThat(metrics.count(ConnectorMetrics.ROWS_UNREADABLE)).isZero();
  }

  @Test
  void anUnreadableRowIsCountedAndSkipped() {
    decode("item/42", new byte[] {'{'});
    decode("item/42", ROW);
    decode("item/42", new byte[] {1, 2, 3});
    decode("codebook/users", ROW);

    assertThat(rows).hasSize(1);
    assertThat(metrics.count(ConnectorMetrics.ROWS_UNREADABLE)).isEqualTo(3);
  }
}

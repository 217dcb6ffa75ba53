// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import static io.freshet.connect.Topics.header;
import static io.freshet.connect.Topics.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.broker.BrokerExtension;
import io.freshet.schema.DeadLetter;
import io.freshet.schema.ItemRow;
import io.freshet.schema.ItemRowJson;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.QualityWindowJson;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecommendationListJson;
import io.freshet.schema.RecordError;
import io.freshet.schema.RowCompanions;
import io.freshet.schema.RowCounts;
import io.freshet.schema.ScoredItem;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KafkaSinksIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  private final TopicNames names = BROKER.topics();

  private static <T> void write(Sink<T> sink, Class<T> type, List<T> records) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
    env.enableCheckpointing(100);
    env.fromData(records, TypeInformation.of(type)).sinkTo(sink);
    env.execute();
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void whatIsWrittenIsReadBack(Delivery delivery) throws Exception {
    KafkaConnection connection = BROKER.connection(delivery);
    Topics.create(connection, names, 2);
    KafkaSinks sinks = new KafkaSinks(connection);
    RecommendationList list =
        new RecommendationList(
            "u1",
            List.of(new ScoredItem("i1", 0.5f), new ScoredItem("i2", 0.25f)),
            7,
            1_000,
            2_000,
            RecommendationList.Reason.EVENT,
            RecommendationList.NO_CODES);

    write(
        sinks.recommendations(names.recommendations()),
        RecommendationList.class,
        List.of(list, RecommendationList.erased("u1", 3_000)));
    List<ConsumerRecord<byte[], byte[]>> lists = Topics.all(connection, names.recommendations());
    assertThat(lists).hasSize(2);
    assertThat(lists).allSatisfy(record -> assertThat(text(record.key())).isEqualTo("u1"));
    assertThat(RecommendationListJson.read(lists.get(0).value())).isEqualTo(list);
    assertThat(header(lists.get(0), RecordFormat.HEADER_SCHEMA)).isEqualTo("recommendations/1");
    assertThat(lists.get(0).timestamp()).isGreaterThan(1_000_000_000_000L);
    assertThat(lists.get(1).value()).isNull();

    ItemRow row =
        new ItemRow(
            "42", 1, 2, new float[] {1}, 0, RowCounts.NONE, RowCompanions.NONE, false, new long[1]);
    write(sinks.model(names.model()), ItemRow.class, List.of(row));
    ConsumerRecord<byte[], byte[]> rows = Topics.all(connection, names.model()).get(0);
    assertThat(text(rows.key())).isEqualTo("item/42");
    assertThat(ItemRowJson.read(rows.value())).usingRecursiveComparison().isEqualTo(row);

    QualityWindow window =
        new QualityWindow(
            "freshet", 0, 1, 2, QualityWindow.Sums.NONE, QualityWindow.Sums.NONE.plus(1), true);
    write(sinks.quality(names.quality()), QualityWindow.class, List.of(window));
    ConsumerRecord<byte[], byte[]> windows = Topics.all(connection, names.quality()).get(0);
    assertThat(text(windows.key())).isEqualTo("freshet/0");
    assertThat(QualityWindowJson.read(windows.value())).isEqualTo(window);
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void deadLettersOfAnySizeAndContentAreKept(Delivery delivery) throws Exception {
    KafkaConnection connection = BROKER.connection(delivery);
    Topics.create(connection, names, 1);
    byte[] binary = {0, -1, -128};

    write(
        new KafkaSinks(connection).deadLetters(names.deadLetters()),
        DeadLetter.class,
        List.of(
            new DeadLetter(null, null, RecordError.EMPTY, "none", "decode", "t", 0, 1),
            new DeadLetter(binary, binary, RecordError.MALFORMED, "bad", "decode", "t", 0, 2),
            new DeadLetter(
                binary, new byte[5 << 20], RecordError.TOO_LARGE, "large", "decode", "t", 0, 3)));

    List<ConsumerRecord<byte[], byte[]>> letters = Topics.all(connection, names.deadLetters());
    assertThat(letters).hasSize(3);
    assertThat(letters.get(0).key()).isNull();
    assertThat(letters.get(0).value()).isNull();
    assertThat(header(letters.get(0), DeadLetter.HEADER_ERROR)).isEqualTo("EMPTY");
    assertThat(letters.get(1).key()).isEqualTo(binary);
    assertThat(letters.get(1).value()).isEqualTo(binary);
    assertThat(header(letters.get(1), DeadLetter.HEADER_OFFSET)).isEqualTo("2");
    assertThat(header(letters.get(2), DeadLetterFormat.HEADER_ORIGINAL_BYTES))
        .isEqualTo(Integer.toString(5 << 20));
  }
}

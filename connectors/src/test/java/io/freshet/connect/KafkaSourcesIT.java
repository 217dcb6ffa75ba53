// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.broker.BrokerExtension;
import io.freshet.schema.CodebookRow;
import io.freshet.schema.CodebookRowJson;
import io.freshet.schema.ControlEvent;
import io.freshet.schema.ControlEventJson;
import io.freshet.schema.Decoded;
import io.freshet.schema.EventTypes;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import io.freshet.schema.ItemRow;
import io.freshet.schema.ItemRowJson;
import io.freshet.schema.ModelRecord;
import io.freshet.schema.RowCompanions;
import io.freshet.schema.RowCounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class KafkaSourcesIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  private static final RecordChecks CHECKS =
      new RecordChecks(new EventTypes(Map.of("click", 1f), 4), 1000, Duration.ofDays(1).toMillis());

  private final KafkaConnection connection = BROKER.connection(Delivery.AT_LEAST_ONCE);
  private final TopicNames names = BROKER.topics();
  private final KafkaSources bounded = new KafkaSources(connection, true);

  @BeforeEach
  void createTopics() {
    Topics.create(connection, names, 2);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Interaction click(int number) {
    return Interaction.of("e" + number, "u" + number, "i", "click", 1_000 + number);
  }

  private static ItemRow row(String item, long version) {
    return new ItemRow(
        item,
        1,
        version,
        new float[] {1},
        0,
        RowCounts.NONE,
        RowCompanions.NONE,
        false,
        new long[1]);
  }

  /** The first records of a source, or all of a bounded one when it has fewer. */
  private static <T> List<T> read(KafkaSource<T> source, int atMost) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
    List<T> records = new ArrayList<>();
    try (CloseableIterator<T> results =
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "source").executeAndCollect()) {
      while (records.size() < atMost && results.hasNext()) {
        records.add(results.next());
      }
    }
    return records;
  }

  @Test
  void aBoundedSourceReadsWhatItsTopicHoldsGoodAndBad() throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      records.add(
          new ProducerRecord<>(
              names.interactions(),
              bytes("u" + i),
              i % 5 == 0 ? bytes("{") : InteractionJson.write(click(i))));
    }
    // Compressed it passes the broker's limit; read, it is larger than any record may be.
    records.add(new ProducerRecord<>(names.interactions(), null, new byte[3 << 19]));
    Topics.send(connection, records);

    List<Decoded> decoded = read(bounded.interactions(names.interactions(), CHECKS), 100);

    assertThat(decoded).hasSize(21);
    assertThat(decoded)
        .filteredOn(record -> record.interaction() != null)
        .hasSize(16)
        .extracting(Decoded::interaction)
        .contains(click(1), click(19));
    assertThat(decoded)
        .filteredOn(record -> record.deadLetter() != null)
        .allSatisfy(
            record -> assertThat(record.deadLetter().topic()).isEqualTo(names.interactions()));
  }

  @Test
  void aSourceGoesOnFromItsGroupsCommittedOffsets() throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      records.add(
          new ProducerRecord<>(names.interactions(), 0, null, InteractionJson.write(click(i))));
    }
    Topics.send(connection, records);
    try (Admin admin = Admin.create(connection.clientProperties())) {
      admin
          .alterConsumerGroupOffsets(
              connection.clientName(Topic.INTERACTIONS),
              Map.of(new TopicPartition(names.interactions(), 0), new OffsetAndMetadata(3)))
          .all()
          .get();
    }

    List<Decoded> decoded = read(bounded.interactions(names.interactions(), CHECKS), 100);

    assertThat(decoded).extracting(Decoded::interaction).containsExactly(click(3), click(4));
  }

  @Test
  void ordersAreRead() throws Exception {
    ControlEvent hide = new ControlEvent(ControlEvent.Action.HIDE_ITEM, "i", 1);
    Topics.send(
        connection,
        List.of(new ProducerRecord<>(names.control(), bytes("i"), ControlEventJson.write(hide))));
    assertThat(read(bounded.control(names.control()), 100))
        .extracting(Decoded::control)
        .containsExactly(hide);
  }

  @Test
  void rowsAndBooksAreReadFromTheBeginningAndRolledBackOnesAreNot() throws Exception {
    CodebookRow books = new CodebookRow("users", 1, 2, 1, 1, 1, new float[] {5}, new float[1], 3);
    Properties transactional = connection.clientProperties();
    transactional.put("transactional.id", names.model());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(transactional, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(model("item/a", ItemRowJson.write(row("a", 1))));
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(model("item/a", ItemRowJson.write(row("a", 2))));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(model("ranker/0", bytes("{}")));
      producer.send(model("codebook/users", CodebookRowJson.write(books)));
      producer.send(model("item/b", null));
      producer.send(model("item/b", bytes("broken")));
      producer.send(model("item/a", ItemRowJson.write(row("a", 3))));
      producer.commitTransaction();
    }

    List<ModelRecord> records = read(new KafkaSources(connection, false).model(names.model()), 3);

    assertThat(records)
        .extracting(record -> record.item() == null ? 0 : record.item().version())
        .containsExactly(1L, 0L, 3L);
    assertThat(records.get(1).books()).usingRecursiveComparison().isEqualTo(books);
  }

  private ProducerRecord<byte[], byte[]> model(String key, byte[] value) {
    return new ProducerRecord<>(names.model(), 0, bytes(key), value);
  }
}

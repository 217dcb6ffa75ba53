// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.ControlEvent;
import io.freshet.schema.ControlEventJson;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Gives a running job an order. */
public final class OrderSender {
  private OrderSender() {}

  /**
   * Writes an order to the control topic; returns when the brokers have it.
   *
   * @throws KafkaException if they do not take it
   */
  public static void send(KafkaConnection connection, String topic, ControlEvent order)
      throws InterruptedException {
    Properties properties = connection.clientProperties();
    properties.put("max.block.ms", "10000");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  topic, RecordFormat.utf8(order.key()), ControlEventJson.write(order)))
          .get();
    } catch (ExecutionException e) {
      throw new KafkaException(TopicCheck.rootMessage(e), e);
    }
  }
}

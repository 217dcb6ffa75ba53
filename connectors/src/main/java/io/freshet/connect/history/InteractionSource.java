// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.history;

import io.freshet.connect.KafkaSources;
import io.freshet.connect.RecordChecks;
import io.freshet.schema.Decoded;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What users do: event files first, if there are any, and then the topic. One reader reads the
 * files, one after another; no record of the topic is read before a completed checkpoint holds the
 * end of the files. So the two never mix, whatever fails: before that checkpoint the job goes back
 * to a place in the files, after it to offsets of the topic.
 *
 * <p>Flink's HybridSource is not used: after a failure beyond its switch it sends readers that have
 * no split back to the first source, whose enumerator is gone, and they wait for ever; and a reader
 * that goes back to the first source does not keep the others from the second.
 */
public final class InteractionSource
    implements Source<Decoded, InteractionSplit, InteractionState> {
  private static final long serialVersionUID = 1L;

  private final List<String> files;
  private final RecordChecks checks;
  private final KafkaSource<Decoded> topic;
  private final KafkaSource<Decoded> wholeTopic;

  /**
   * @param files in the order of their events, where every task manager finds them; none for no
   *     history. They are read by a job that starts anew; one that goes on from a checkpoint goes
   *     on with what that says of a history, if anything
   * @param checks what an event must meet, from a file as from the topic
   */
  public InteractionSource(
      List<Path> files, RecordChecks checks, KafkaSources sources, String topic) {
    this.files = files.stream().map(Path::toString).toList();
    this.checks = checks;
    this.topic = sources.interactions(topic, checks);
    wholeTopic = sources.allInteractions(topic, checks);
  }

  @Override
  public Boundedness getBoundedness() {
    return topic.getBoundedness();
  }

  @Override
  public SourceReader<Decoded, InteractionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new InteractionReader(context, checks, topic.createReader(context));
  }

  @Override
  public SplitEnumerator<InteractionSplit, InteractionState> createEnumerator(
      SplitEnumeratorContext<InteractionSplit> context) {
    boolean past = !files.isEmpty();
    TopicContext ofTopic = new TopicContext(context);
    return new InteractionEnumerator(
        context,
        past ? HistorySplit.of(files) : null,
        past,
        past ? null : topic.createEnumerator(ofTopic),
        () -> wholeTopic.createEnumerator(ofTopic));
  }

  @Override
  public SplitEnumerator<InteractionSplit, InteractionState> restoreEnumerator(
      SplitEnumeratorContext<InteractionSplit> context, InteractionState state) throws Exception {
    TopicContext ofTopic = new TopicContext(context);
    KafkaSource<Decoded> from = state.past() ? wholeTopic : topic;
    return new InteractionEnumerator(
        context,
        state.history(),
        state.past(),
        state.topic() == null ? null : from.restoreEnumerator(ofTopic, state.topic()),
        () -> wholeTopic.createEnumerator(ofTopic));
  }

  @Override
  public SimpleVersionedSerializer<InteractionSplit> getSplitSerializer() {
    return new SplitSerializer(topic.getSplitSerializer());
  }

  @Override
  public SimpleVersionedSerializer<InteractionState> getEnumeratorCheckpointSerializer() {
    return new StateSerializer(topic.getEnumeratorCheckpointSerializer());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.connect.KafkaConnection;
import io.freshet.connect.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows the topics of a job and serves the live page until it is closed. It writes nothing and is
 * in no consumer group.
 *
 * <pre>{@code
 * MonitorPort port = MonitorPort.bind(8090);
 * try (Monitor monitor = Monitor.start(port, options)) {
 *   open(monitor.address());
 * }
 * }</pre>
 */
public final class Monitor implements AutoCloseable {
  private static final long SAMPLE_MILLIS = 2_000;
  private static final long STOP_MILLIS = 2_000;
  private static final String FETCH_BYTES = Integer.toString(1 << 20);
  private static final String FETCH_MILLIS = "500";
  // The past that a page opens with; what is older is in the topics.
  private static final long LAST_EVENTS = 50_000;
  private static final long LAST_WINDOWS = 20_000;
  private static final long LAST_REFITS = 40_000;
  private static final int LISTS_PER_USER = 4;

  private final MonitorPort port;
  private final ClusterProbe probe;
  private final Boards boards;
  private final FlowBoard flow;
  private final List<Thread> threads = new ArrayList<>();
  private final List<TopicFollower> followers;
  private volatile Cluster cluster;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Monitor(MonitorPort port, MonitorOptions options) {
    this.port = port;
    cluster = Cluster.unknown(System.currentTimeMillis());
    probe = new ClusterProbe(options.kafka(), options.topics(), cluster.since());
    boards = new Boards(options.users());
    flow = new FlowBoard(options.taken());
    long lists = (long) options.users() * LISTS_PER_USER;
    followers =
        List.of(
            follower(options, Topic.INTERACTIONS, LAST_EVENTS, boards::event),
            follower(options, Topic.RECOMMENDATIONS, lists, boards::list),
            follower(options, Topic.QUALITY, LAST_WINDOWS, boards::window),
            follower(options, Topic.CODEBOOK, LAST_REFITS, boards::refit));
  }

  /**
   * Starts to follow and to serve.
   *
   * @param port where; the monitor closes it
   * @throws org.apache.kafka.common.KafkaException if no client can be made of the options
   */
  public static Monitor start(MonitorPort port, MonitorOptions options) {
    Monitor monitor = new Monitor(port, options);
    monitor.thread("monitor-cluster", monitor::sample);
    for (TopicFollower follower : monitor.followers) {
      monitor.thread("monitor-" + follower.topic().name().toLowerCase(Locale.ROOT), follower);
    }
    StateJson state =
        new StateJson(
            options, () -> monitor.cluster, monitor.followers, monitor.flow, monitor.boards);
    port.serve(new Pages(state, new UserJson(monitor.boards.users())));
    return monitor;
  }

  /** Where the page is. */
  public String address() {
    return port.address();
  }

  private TopicFollower follower(
      MonitorOptions options, Topic topic, long last, TopicFollower.Sink sink) {
    return new TopicFollower(
        unhurried(options.kafka()), topic, options.topics().of(topic), last, () -> cluster, sink);
  }

  // A page that asks every other second needs no record at once, and a fetch costs far more than a
  // record: few fetches of many records.
  private static KafkaConnection unhurried(KafkaConnection kafka) {
    Map<String, String> properties = new HashMap<>(kafka.properties());
    properties.put("fetch.min.bytes", FETCH_BYTES);
    properties.put("fetch.max.wait.ms", FETCH_MILLIS);
    return new KafkaConnection(
        kafka.bootstrapServers(),
        kafka.groupId(),
        properties,
        kafka.delivery(),
        kafka.transactionTimeout());
  }

  private void thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void sample() {
    try (probe) {
      do {
        cluster = probe.ask(System.currentTimeMillis());
        long now = System.currentTimeMillis();
        flow.add(now, cluster, boards.latency(now));
      } while (!stopped.await(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      // Nobody does; were it so, it would be to end this.
    }
  }

  /** Stops serving and following. */
  @Override
  public void close() {
    stopped.countDown();
    port.close();
    followers.forEach(TopicFollower::stop);
    try {
      for (Thread thread : threads) {
        thread.join(STOP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

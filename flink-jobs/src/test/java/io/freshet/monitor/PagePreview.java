// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.connect.Topic;
import io.freshet.connect.broker.EmbeddedBroker;
import io.freshet.schema.CodebookAlarm;
import io.freshet.schema.CodebookDrift.Outcome;
import io.freshet.schema.Interaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * The page over made-up records with a drift every five minutes, for work on its looks: needs no
 * Flink, starts in seconds. Arguments: port, and an empty directory for the broker.
 */
final class PagePreview {
  private static final int USERS = 400;
  private static final long PAST_SECONDS = 900;
  private static final long DRIFT_SECONDS = 300;

  private final MadeTopics topics;
  private final Random random = new Random(1);
  private long version;
  private long windows;
  private long events;

  private PagePreview(MadeTopics topics) {
    this.topics = topics;
  }

  public static void main(String[] args) throws Exception {
    Path directory = Files.createDirectories(Path.of(args[1]));
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
        MadeTopics topics = new MadeTopics(broker, "preview.")) {
      topics.createAll();
      PagePreview preview = new PagePreview(topics);
      long start = System.currentTimeMillis() / 1000 - PAST_SECONDS;
      for (long second = 0; second < PAST_SECONDS; second++) {
        preview.codes(second, (start + second) * 1000);
      }
      topics.send(Topic.QUALITY, "x", "{\"model\": 7}".getBytes());
      MonitorPort port = MonitorPort.bind(Integer.parseInt(args[0]));
      MonitorOptions options =
          new MonitorOptions(topics.connection, topics.names, USERS - 50, null);
      try (Monitor monitor = Monitor.start(port, options)) {
        System.out.println(monitor.address());
        for (long second = PAST_SECONDS; ; second++) {
          preview.codes(second, (start + second) * 1000);
          preview.traffic();
          if (second % 5 == 0) {
            topics.commit(preview.events / 2, preview.events / 2);
          }
          Thread.sleep(Math.max(1, (start + second + 1) * 1000 - System.currentTimeMillis()));
        }
      }
    }
  }

  private double drifted(long second) {
    double since = second % DRIFT_SECONDS;
    return second < DRIFT_SECONDS ? 0 : Math.exp(-since / 40);
  }

  private void codes(long second, long time) {
    double drift = drifted(second);
    if (second % 4 == 0) {
      double recall = 0.42 * (1 - 0.7 * drift) + random.nextGaussian() * 0.012;
      topics.send(MadeRecords.window("freshet", windows, time, Math.max(0, recall)));
      topics.send(
          MadeRecords.window("popularity", windows++, time, 0.1 + random.nextGaussian() * 0.01));
    }
    if (second % 10 == 0) {
      version++;
      boolean heldBack = second % DRIFT_SECONDS == 10 && second > DRIFT_SECONDS;
      long since = time - (second % DRIFT_SECONDS) * 1000 + 20_000;
      boolean stands = second > DRIFT_SECONDS && drift < 0.65 && drift > 0.2;
      for (int level = 0; level <= MadeRecords.LEVELS; level++) {
        double error = (level == 0 ? 0.28 : 0.62 - 0.11 * level) + 0.25 * drift;
        error += random.nextGaussian() * 0.004;
        boolean alarmed = stands && (level == 1 || level == 0);
        CodebookAlarm[] alarms =
            alarmed
                ? new CodebookAlarm[] {
                  MadeRecords.alarm(level == 0 ? "recall" : "error", level, since)
                }
                : new CodebookAlarm[0];
        topics.send(
            MadeRecords.drift(
                level,
                version,
                time,
                error,
                heldBack ? Outcome.HELD_BACK : Outcome.PUBLISHED,
                heldBack ? "the error rose from 0.281 to 0.402, more than 20 %" : null,
                alarms));
      }
    }
  }

  private void traffic() throws InterruptedException {
    long now = System.currentTimeMillis();
    int burst = 200 + random.nextInt(60);
    for (int i = 0; i < burst; i++) {
      String user = "u" + random.nextInt(USERS);
      long time = now - random.nextInt(300);
      topics.send(Interaction.of("e" + events++, user, "i" + random.nextInt(2000), "click", time));
      topics.send(
          MadeRecords.list(
              user,
              time,
              now + 20 + (long) (60 * random.nextDouble() * random.nextDouble()),
              random.nextInt(4),
              random.nextInt(3),
              random.nextInt(16)));
    }
    topics.flush();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static io.freshet.job.RunningJob.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.broker.EmbeddedBroker;
import io.freshet.connect.tables.TableWriter;
import io.freshet.operator.MetricNames;
import io.freshet.schema.Interaction;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.ScoredItem;
import io.freshet.schema.TableHeader;
import io.freshet.schema.TableItem;
import io.freshet.schema.TableUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job that starts from a table file, and goes on from a savepoint with the file still there. */
class BootstrapIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ITEMS = 12;
  private static final int USERS = 6;
  private static final int DIM = 8;

  @TempDir private Path directory;

  @Test
  @Timeout(180)
  void aKnownUserGetsTheListOfTheFileAndNothingCountsTwiceAfterARestart() throws Exception {
    Path file = directory.resolve("tables.jsonl.zst");
    long time = System.currentTimeMillis() - 60_000;
    writeTables(file, time);
    Map<String, String> options = new HashMap<>();
    options.put("model.bootstrap.file", file.toString());
    options.put("model.dimension", Integer.toString(DIM));
    options.put("checkpoint.dir", directory.resolve("checkpoints").toString());
    options.put("job.parallelism", "2");
    options.put("lists.size", "5");
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"));
        RunningJob job = new RunningJob(broker, options)) {
      job.start();
      for (int u = 0; u < USERS; u++) {
        job.send(event("u" + u, "unheard-of", "impression", time + 1));
      }
      job.flush();
      await("all users have a list", PATIENCE, () -> job.lists().size() == USERS);
      for (int u = 0; u < USERS; u++) {
        assertThat(items(job.lists().get("u" + u))).as("list of u" + u).isEqualTo(bestUnseen(u, 5));
      }
      assertThat(job.cluster.metrics().sum(MetricNames.USERS_FROM_TABLES)).isEqualTo(USERS);
      assertThat(job.cluster.metrics().values(MetricNames.ITEMS_FROM_TABLES).values())
          .containsExactly((long) ITEMS, (long) ITEMS);

      job.send(event("u0", "i0", "click", time + 2)); // an edge of the file
      job.send(event("u0", "i5", "click", time + 3)); // a new one
      job.flush();
      await("the new edge is counted", PATIENCE, () -> degree(job, "i5") == 3);
      assertThat(degree(job, "i0")).as("the file's two users").isEqualTo(2);

      job.start(job.stop());
      job.send(event("u1", "i5", "click", time + 4));
      job.send(event("u1", "i7", "click", time + 4)); // nobody has touched i7 before
      job.flush();
      await("the restarted job counts on", PATIENCE, () -> degree(job, "i7") == 3);
      await("on top of the first run", PATIENCE, () -> degree(job, "i5") == 4);
      assertThat(degree(job, "i0")).isEqualTo(2);
      assertThat(items(job.lists().get("u1"))).doesNotContain("i1", "i2", "i5", "i7");
    }
  }

  /** Users and items on a circle; u has items u and u + 1 of twelve, one twice. */
  private static void writeTables(Path file, long time) throws Exception {
    TableHeader header = new TableHeader("topkgat", DIM, 2, ITEMS, ITEMS, time);
    try (TableWriter writer = TableWriter.create(file, header)) {
      for (int i = 0; i < ITEMS; i++) {
        writer.write(new TableItem("i" + i, 3, new float[DIM], row(itemAngle(i), 8)));
      }
      for (int u = 0; u < ITEMS; u++) {
        String own = "i" + u;
        String next = "i" + (u + 1) % ITEMS;
        writer.write(
            new TableUser(
                "u" + u,
                new float[DIM],
                row(u, 1),
                new float[] {0.5f, -0.5f},
                new String[] {own, next, own}));
      }
      writer.finish();
    }
  }

  private static double itemAngle(int item) {
    return 0.7 * item;
  }

  private static float[] row(double angle, double length) {
    float[] row = new float[DIM];
    row[0] = (float) (length * Math.cos(angle));
    row[1] = (float) (length * Math.sin(angle));
    return row;
  }

  private static List<String> bestUnseen(int user, int k) {
    return IntStream.range(0, ITEMS)
        .filter(i -> i != user && i != (user + 1) % ITEMS)
        .boxed()
        .sorted(
            (a, b) -> Double.compare(Math.cos(itemAngle(b) - user), Math.cos(itemAngle(a) - user)))
        .limit(k)
        .map(i -> "i" + i)
        .toList();
  }

  private static Interaction event(String user, String item, String type, long time) {
    return Interaction.of(user + "-" + item + "-" + time, user, item, type, time);
  }

  private static List<String> items(RecommendationList list) {
    return list.items().stream().map(ScoredItem::itemId).toList();
  }

  /** Published degree of an item; -1 before its first row. */
  private static long degree(RunningJob job, String item) throws Exception {
    return job.rows().containsKey(item) ? job.rows().get(item).counts().degree() : -1;
  }
}

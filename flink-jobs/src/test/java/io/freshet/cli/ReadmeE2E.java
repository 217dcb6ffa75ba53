// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.connect.broker.BrokerProcess;
import io.freshet.job.JobConfig;
import io.freshet.job.TopicContents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's commands as they stand there, each a process, beside a broker that is a process. */
@Timeout(300)
class ReadmeE2E {
  private static final String CONFIG = "deploy/local/freshet.yaml";
  private static final String VALIDATE = "deploy/freshet validate --config " + CONFIG;
  private static final String RUN = "deploy/freshet run --config " + CONFIG;
  private static final String RUN_ON = RUN + " --from latest";
  private static final String PRODUCE =
      "deploy/freshet produce --config " + CONFIG + " --events clicks.csv --rate 500";
  private static final String LISTS =
      "deploy/freshet watch recommendations --config " + CONFIG + " --user u42 --from-beginning";
  private static final String QUALITY = "deploy/freshet watch quality --config " + CONFIG;

  private static final String MONITOR = "deploy/freshet monitor --config " + CONFIG;
  private static final String BOOKS =
      "deploy/freshet watch codebook --config " + CONFIG + " --from-beginning";
  private static final String VERSIONS = "deploy/freshet codebook versions --config " + CONFIG;
  private static final String ROLL_BACK =
      "deploy/freshet codebook roll-back --config " + CONFIG + " --to 2";

  private static final int USERS = 60;
  private static final long START = 1_760_000_000_000L;

  private static BrokerProcess broker;

  @TempDir private Path directory;
  private final List<Launched> started = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private final Map<String, Long> usersOfItem = new TreeMap<>();

  @BeforeAll
  static void startBroker() throws Exception {
    broker = BrokerProcess.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @AfterEach
  void endWhatIsLeft() throws Exception {
    for (Launched process : started) {
      process.close();
    }
  }

  @Test
  void everyCommandForAKafkaIsRunHere() throws IOException {
    assertThat(Readme.freshetCommands())
        .filteredOn(command -> command.contains("--config"))
        .containsExactly(
            VALIDATE, RUN, PRODUCE, LISTS, QUALITY, BOOKS, VERSIONS, ROLL_BACK, MONITOR, RUN_ON);
  }

  @Test
  void whatIsFedIsRecommendedMeasuredAndLearnedOnceAcrossARestart() throws Exception {
    assertThat(end(start(VALIDATE)).out()).startsWith("No fault found");
    Launched run = startJob(RUN, "first.json");
    run.awaitSaid("Learning from freshet.interactions.v1", 60);
    Launched quality = start(QUALITY);
    Launched lists = start(LISTS);
    Launched books = start(BOOKS);

    Launched monitor = start(MONITOR, "--port=0");
    String page = monitor.awaitSaid("The page is (http://127\\.0\\.0\\.1:\\d+/)", 60).group(1);

    clickRounds(0, 12);
    feedAll();
    awaitDegrees();
    String top = lists.awaitSaid("u42  [a-z_]+: (\\S+) \\([^\n]*\n\\z", 20).group(1);

    // Choosing the first of the list takes it out of the list; Ctrl-C comes amid the others.
    int before = events.size();
    click(42, top);
    clickRounds(12, 52);
    Launched feed = feed(events.subList(before, events.size()));
    lists.awaitSaid("u42  [a-z_]+: (?!.*\\b" + Pattern.quote(top) + " \\()[^\n]*\n\\z", 20);
    run.interrupt();
    assertThat(end(run).out()).contains("Stopped. State: ");
    assertThat(end(feed).code()).isZero();
    quality.awaitSaid("freshet: warm Recall@20 \\d\\.\\d+ .* of \\d+", 1);

    // The same events again: their ids are known, also to a job that went on.
    for (int user = 0; user < USERS; user++) {
      click(user, "last");
    }
    feedAll();
    Launched again = startJob(RUN_ON, "second.json");
    again.awaitSaid("Going on from .*savepoint", 60);
    awaitDegrees();
    books.awaitSaid("users version 2  published", 20);
    assertThat(end(start(VERSIONS)).out()).contains("users version 2  published: ");
    assertThat(end(start(ROLL_BACK)).out()).contains("rolled back (to version 2)");
    books.awaitSaid("rolled back \\(to version 2\\)[^\n]*\n  level 1  ", 20);
    again.interrupt();
    assertThat(end(again).out()).contains("Stopped. State: ");

    assertThat(figure("first.json", "events") + figure("second.json", "events"))
        .isEqualTo(events.size());
    assertThat(figure("second.json", "events")).isGreaterThan(USERS);
    assertThat(answer(page + "api/user?id=u42")).contains("\"held\":true", "\"items\":[{");
    assertThat(answer(page + "api/state")).contains("\"model\":\"freshet\"");
    for (Launched watch : List.of(lists, quality, books, monitor)) {
      watch.interrupt();
      assertThat(end(watch).code()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {VALIDATE, RUN, PRODUCE})
  void faultsOfTopicsBrokerAndOptionsComeInOneMessage(String command) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      if (!admin.listTopics().names().get().contains("kept")) {
        NewTopic kept = new NewTopic("kept", 1, (short) 1);
        admin.createTopics(List.of(kept.configs(Map.of("cleanup.policy", "delete")))).all().get();
      }
    }
    write("clicks.csv", List.of());

    Launched.Outcome outcome =
        start(
                command,
                "--set=lists.sice=3",
                "--set=web.port=high",
                "--set=kafka.delivery=exactly-once",
                "--set=kafka.transaction.timeout=1 h",
                "--set=topics.create=false",
                "--set=topic.model=kept",
                "--set=topic.quality=absent")
            .end(60);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out() + outcome.err())
        .contains("lists.sice is no option of Freshet; did you mean lists.size?")
        .contains("web.port is \"high\"")
        .contains("kafka.transaction.timeout: 3600000 ms is over the broker's")
        .contains("topic.model: topic kept has cleanup.policy=delete but must have compact")
        .contains("topic.quality: topic absent does not exist")
        .doesNotContain("\tat ");
  }

  private static String answer(String address) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Starts a command of the README on this test's broker and files. */
  private Launched start(String command, String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    for (String word : command.split(" ")) {
      arguments.add(word.equals(CONFIG) ? Path.of("..", CONFIG).toAbsolutePath().toString() : word);
    }
    arguments.add("--broker=" + broker.bootstrapServers());
    arguments.addAll(List.of(more));
    Launched process =
        Launched.freshet(directory, arguments.subList(1, arguments.size()).toArray(new String[0]));
    started.add(process);
    return process;
  }

  private Launched startJob(String command, String figures) throws IOException {
    return start(
        command,
        "--set=web.port=0",
        "--set=quality.sample=1",
        "--set=quality.window=50",
        "--set=codebook.refit.interval=60 s",
        "--set=codebook.refit.min-users=20",
        "--set=merger.sync.interval=200 ms",
        "--json=" + directory.resolve(figures));
  }

  private static Launched.Outcome end(Launched process) throws Exception {
    Launched.Outcome outcome = process.end(60);
    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    return outcome;
  }

  private Launched feed(List<String> lines) throws IOException {
    write("clicks.csv", lines);
    return start(PRODUCE);
  }

  private void feedAll() throws Exception {
    assertThat(end(feed(events)).out()).contains("Sent " + Text.count(events.size()) + " events");
  }

  private void write(String name, List<String> lines) throws IOException {
    List<String> csv = new ArrayList<>();
    csv.add("event_id,user_id,item_id,event_type,timestamp_ms,value");
    csv.addAll(lines);
    Files.write(directory.resolve(name), csv);
  }

  /** Even and odd users know items of their own; a round is one further item for each. */
  private void clickRounds(int from, int to) {
    for (int round = from; round < to; round++) {
      for (int user = 0; user < USERS; user++) {
        click(user, (user % 2 == 0 ? "even" : "odd") + (user + 7 * round) % 20);
      }
    }
  }

  private void click(int user, String item) {
    int id = events.size();
    // A user knows an item once, however often it is clicked.
    String pair = ",u" + user + "," + item + ",";
    if (known.add(pair)) {
      usersOfItem.merge(item, 1L, Long::sum);
    }
    events.add("e" + id + pair + "click," + (START + 100L * id) + ",");
  }

  /** Waits until each item's row counts the users that were fed, neither fewer nor more. */
  private void awaitDegrees() throws Exception {
    TopicContents topics =
        new TopicContents(
            JobConfig.of(
                Configuration.fromMap(
                    Map.of("kafka.bootstrap.servers", broker.bootstrapServers()))));
    Map<String, Long> degrees = Map.of();
    long end = System.nanoTime() + 40_000_000_000L;
    while (!degrees.equals(usersOfItem) && System.nanoTime() < end) {
      Thread.sleep(200);
      degrees = topics.degrees();
    }
    assertThat(degrees).isEqualTo(usersOfItem);
  }

  private long figure(String file, String name) throws IOException {
    return new ObjectMapper().readTree(directory.resolve(file).toFile()).get(name).asLong();
  }
}

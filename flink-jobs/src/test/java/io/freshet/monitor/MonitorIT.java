// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.connect.Topic;
import io.freshet.connect.broker.EmbeddedBroker;
import io.freshet.schema.CodebookDrift.Outcome;
import io.freshet.schema.Interaction;
import io.freshet.schema.RecommendationList.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The monitor over HTTP, beside a real broker with what a job would have written. */
@Timeout(120)
class MonitorIT {
  private static final long PATIENCE_NANOS = 40_000_000_000L;

  private static EmbeddedBroker broker;

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private MadeTopics topics;
  private Monitor monitor;

  @BeforeAll
  static void startBroker(@TempDir Path directory) throws Exception {
    broker = EmbeddedBroker.start(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void makeClients() {
    topics = new MadeTopics(broker, UUID.randomUUID().toString().substring(0, 8) + ".");
  }

  @AfterEach
  void close() {
    if (monitor != null) {
      monitor.close();
    }
    topics.close();
  }

  @Test
  void missingAndEmptyTopicsAreToldForWhatTheyAre() throws Exception {
    start(10);

    JsonNode state = await("codebook is missing", it -> topic(it, "codebook", "missing"));
    assertThat(message(state, "codebook"))
        .startsWith("No re-fit yet: topic " + topics.names.codebook() + " does not exist");
    assertThat(message(state, "quality")).startsWith("No quality window yet");
    assertThat(state.at("/flow/lag").isNull()).isTrue();
    assertThat(state.at("/flow/lag_fault").asText()).isNotBlank();

    topics.createAll();
    state = await("codebook is empty", it -> topic(it, "codebook", "empty"));
    assertThat(message(state, "codebook")).startsWith("No re-fit yet: ").contains("is empty");
    assertThat(state.get("codebooks")).isEmpty();
    assertThat(state.get("quality")).isEmpty();

    topics.send(MadeRecords.drift(1, 1, 1000, 0.3));
    topics.flush();
    state = await("the first re-fit", it -> it.get("codebooks").size() == 1);
    assertThat(message(state, "codebook")).isNull();
  }

  @Test
  void whatTheTopicsHoldIsShown() throws Exception {
    long now = System.currentTimeMillis();
    topics.createAll();
    for (int window = 0; window < 3; window++) {
      topics.send(MadeRecords.window("freshet", window, now + window, 0.4));
      topics.send(MadeRecords.window("popularity", window, now + window, 0.1));
    }
    for (int level = 0; level <= MadeRecords.LEVELS; level++) {
      topics.send(MadeRecords.drift(level, 1, now, 0.3));
      topics.send(
          level == 1
              ? MadeRecords.drift(level, 2, now + 10, 0.4, MadeRecords.alarm("error", 1, now + 9))
              : MadeRecords.drift(level, 2, now + 10, 0.4, Outcome.HELD_BACK, "worse"));
    }
    topics.flush();
    start(10);

    JsonNode state =
        await(
            "all records",
            it ->
                it.at("/quality/1/series/t").size() == 3
                    && it.at("/codebooks/0/levels").size() == 4
                    && it.at("/codebooks/0/levels/3/series/t").size() == 2
                    && it.at("/codebooks/0/levels/0/series/t").size() == 2
                    && it.get("alarms").size() == 1);

    assertThat(state.at("/quality/0/recall").asDouble()).isEqualTo(0.4);
    assertThat(state.at("/quality/0/ndcg").asDouble()).isEqualTo(0.18);
    JsonNode level = state.at("/codebooks/0/levels/2");
    assertThat(level.get("level").asInt()).isEqualTo(2);
    assertThat(level.get("codes_used").asInt()).isEqualTo(15);
    assertThat(level.get("usage")).hasSize(MadeRecords.CODES);
    assertThat(level.at("/series/error/1").asDouble()).isEqualTo(0.4);
    assertThat(state.at("/codebooks/0/outcomes/held_back").asInt()).isEqualTo(1);
    assertThat(state.at("/codebooks/0/notable/0/reason").asText()).isEqualTo("worse");
    assertThat(state.at("/alarms/0/metric").asText()).isEqualTo("error");
    assertThat(state.at("/alarms/0/cleared").isNull()).isTrue();
  }

  @Test
  void rateLagAndLatencyFollowTheEvents() throws Exception {
    topics.createAll();
    start(10);
    await("the topic is followed", it -> topic(it, "interactions", "empty"));

    long time = System.currentTimeMillis();
    for (int i = 0; i < 100; i++) {
      topics.send(Interaction.of("e" + i, "u" + i, "i1", "click", time));
      topics.send(MadeRecords.list("u" + i, time, time + 200));
      topics.send(MadeRecords.list("v" + i, time, time + 200, Reason.REFRESH));
    }
    topics.flush();
    topics.commit(20, 20);

    JsonNode state =
        await(
            "lag and latency",
            it -> it.at("/flow/lag").asInt() == 60 && it.at("/latency/lists").asInt() == 100);
    assertThat(state.at("/latency/p50").asDouble()).isBetween(0.0, 250.0);
    assertThat(state.at("/latency/p99").asDouble()).isBetween(0.0, 250.0);
    assertThat(state.at("/flow/group").asText())
        .isEqualTo(topics.connection.clientName(Topic.INTERACTIONS));
    assertThat(maximum(state.at("/flow/series/rate"))).isGreaterThan(10);
  }

  @Test
  void aUserIsFoundWithListCodesEventsAndNeighbours() throws Exception {
    topics.createAll();
    String odd = "ü & <b>/%?";
    topics.send(MadeRecords.list(odd, 1000, 2000, 3, 1, 7));
    topics.send(MadeRecords.list("same", 1000, 2000, 3, 1, 7));
    topics.send(MadeRecords.list("other", 1000, 2000, 9, 1, 7));
    topics.send(Interaction.of("e1", odd, "i9", "click", 1000));
    topics.flush();
    start(10);
    await("three users", it -> it.at("/users/held").asInt() == 3);

    JsonNode user = mapper.readTree(get("api/user?id=" + encoded(odd)).body());

    assertThat(user.get("user_id").asText()).isEqualTo(odd);
    assertThat(user.get("held").asBoolean()).isTrue();
    assertThat(user.at("/list/items")).hasSize(20);
    assertThat(user.get("code_path").toString()).isEqualTo("[3,1,7]");
    assertThat(user.at("/events/0/item_id").asText()).isEqualTo("i9");
    assertThat(user.at("/neighbours/shared").asInt()).isEqualTo(3);
    assertThat(user.at("/neighbours/users/0/user_id").asText()).isEqualTo("same");
    assertThat(get("api/users?prefix=s").body()).isEqualTo("{\"users\":[\"same\"]}");
  }

  @Test
  void usersBeyondTheBoundAreLetGoAndSaidToBe() throws Exception {
    topics.createAll();
    for (int user = 0; user < 12; user++) {
      topics.send(MadeRecords.list("u" + user, 1000, 2000));
    }
    topics.flush();
    start(10);

    JsonNode state = await("two are let go", it -> it.at("/users/let_go").asInt() == 2);

    assertThat(state.at("/users/held").asInt()).isEqualTo(10);
    assertThat(state.at("/users/capacity").asInt()).isEqualTo(10);
  }

  @Test
  void anErasedUserIsGone() throws Exception {
    topics.createAll();
    topics.send(MadeRecords.list("u1", 1000, 2000));
    topics.send(Topic.RECOMMENDATIONS, "u1", null);
    topics.send(MadeRecords.list("u2", 1000, 2000));
    topics.flush();
    start(10);
    await("the other", it -> it.at("/topics/1/records").asInt() == 3);

    JsonNode user = mapper.readTree(get("api/user?id=u1").body());
    assertThat(user.get("held").asBoolean()).isFalse();
    assertThat(user.get("message").asText()).contains("Nothing is held of user u1");
  }

  @Test
  void recordsThatAreNotFreshetsAreCountedAndPassedOver() throws Exception {
    topics.createAll();
    topics.send(Topic.CODEBOOK, "users/1", "{\"books\":7}".getBytes(StandardCharsets.UTF_8));
    topics.send(Topic.QUALITY, "x", null);
    topics.flush();
    topics.send(MadeRecords.drift(1, 1, 1000, 0.3));
    topics.flush();
    start(10);

    JsonNode state = await("the good one", it -> it.get("codebooks").size() == 1);
    JsonNode codebook = topic(state, "codebook");
    assertThat(codebook.get("unreadable").asInt()).isEqualTo(1);
    assertThat(codebook.get("unreadable_reason").asText()).contains("books");
    await("the empty one", it -> topic(it, "quality").get("unreadable").asInt() == 1);
  }

  @Test
  void aTopicThatIsMadeAnewIsReadAnew() throws Exception {
    topics.createAll();
    topics.send(MadeRecords.list("u1", 1000, 2000));
    topics.flush();
    start(10);
    await("the first", it -> it.at("/users/held").asInt() == 1);

    topics.delete(Topic.RECOMMENDATIONS);
    await("it is gone", it -> topic(it, "recommendations", "missing"));
    topics.create(Topic.RECOMMENDATIONS);
    topics.send(MadeRecords.list("u2", 1000, 2000));
    topics.flush();

    await("the second", it -> it.at("/users/held").asInt() == 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "monitor.css", "main.js", "charts.js", "uplot.js", "uplot.css", "favicon.svg"})
  void thePageAndItsFilesAreServedWithoutLeaveToLoadFromElsewhere(String path) throws Exception {
    start(10);

    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isNotEmpty();
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'");
  }

  @ParameterizedTest
  @CsvSource({
    "absent.js, 404, there is no /absent.js here",
    "../pom.xml, 404, there is no",
    "api/user, 400, name a user",
    "api/user?id=, 400, name a user",
    "api/user?id=%25zz, 200, Nothing is held",
  })
  void aWrongRequestIsToldWhatIsWrong(String path, int code, String message) throws Exception {
    start(10);

    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(code);
    assertThat(answer.body()).contains(message);
  }

  @Test
  void nothingCanBeChanged() throws Exception {
    start(10);

    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(monitor.address() + "api/state"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void aPageOfAnotherNameGetsNothing() throws Exception {
    start(10);
    URI address = URI.create(monitor.address());
    assertThat(address.getHost()).isEqualTo("127.0.0.1");

    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /api/state HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(in.readLine()).contains("403");
    }
  }

  @Test
  void aPortThatIsTakenIsRefusedAndOneThatIsClosedIsFree() throws Exception {
    start(10);
    int port = URI.create(monitor.address()).getPort();

    assertThatThrownBy(() -> MonitorPort.bind(port)).isInstanceOf(BindException.class);

    monitor.close();
    MonitorPort.bind(port).close();
    assertThatThrownBy(() -> get("api/state")).isInstanceOf(IOException.class);
  }

  @Test
  void brokersThatGoAwayAreToldAndTheFiguresStay(@TempDir Path directory) throws Exception {
    EmbeddedBroker own = EmbeddedBroker.start(directory);
    try (MadeTopics made = new MadeTopics(own, "own.")) {
      made.createAll();
      made.send(MadeRecords.drift(1, 1, 1000, 0.3));
      made.flush();
      start(made, 10);
      await("the re-fit", it -> it.get("codebooks").size() == 1);

      own.close();
      JsonNode state = await("they are lost", it -> !it.at("/kafka/reachable").asBoolean());
      assertThat(state.at("/kafka/fault").asText()).isNotBlank();
      assertThat(state.at("/kafka/since").asLong())
          .isBetween(state.get("started_at").asLong(), state.get("now").asLong());
      assertThat(state.get("codebooks")).hasSize(1);
    } finally {
      own.close();
    }
  }

  private void start(int users) throws IOException {
    start(topics, users);
  }

  private void start(MadeTopics made, int users) throws IOException {
    monitor =
        Monitor.start(
            MonitorPort.bind(0), new MonitorOptions(made.connection, made.names, users, null));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(monitor.address() + path)).build(),
        BodyHandlers.ofString());
  }

  private JsonNode await(String what, Predicate<JsonNode> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      JsonNode state = mapper.readTree(get("api/state").body());
      if (condition.test(state)) {
        return state;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("did not happen: " + what + "; the state is " + state);
      }
      Thread.sleep(200);
    }
  }

  private static JsonNode topic(JsonNode state, String role) {
    for (JsonNode topic : state.get("topics")) {
      if (topic.get("role").asText().equals(role)) {
        return topic;
      }
    }
    throw new AssertionError("no topic " + role);
  }

  private static boolean topic(JsonNode state, String role, String expected) {
    return topic(state, role).get("state").asText().equals(expected);
  }

  private static String message(JsonNode state, String role) {
    return topic(state, role).get("message").textValue();
  }

  private static double maximum(JsonNode values) {
    double maximum = 0;
    for (JsonNode value : values) {
      maximum = Math.max(maximum, value.asDouble());
    }
    return maximum;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

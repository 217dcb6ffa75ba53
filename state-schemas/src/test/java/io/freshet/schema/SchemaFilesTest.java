// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaFilesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A topic's record: its schema, its codec, and the type that has samples. */
  private enum Topic {
    INTERACTION("interaction", Interaction.class),
    CONTROL("control", ControlEvent.class),
    RECOMMENDATIONS("recommendations", RecommendationList.class),
    MODEL_ROW("model-row", ItemRow.class),
    QUALITY("quality", QualityWindow.class),
    CODEBOOK("codebook", CodebookDrift.class),
    CODEBOOK_ROW("codebook-row", CodebookRow.class),
    RANKER_ROW("ranker-row", ScorerRow.class);

    private final String schema;
    private final Class<?> type;

    Topic(String schema, Class<?> type) {
      this.schema = schema;
      this.type = type;
    }

    byte[] write(Object value) {
      return switch (this) {
        case INTERACTION -> InteractionJson.write((Interaction) value);
        case CONTROL -> ControlEventJson.write((ControlEvent) value);
        case RECOMMENDATIONS -> RecommendationListJson.write((RecommendationList) value);
        case MODEL_ROW -> ItemRowJson.write((ItemRow) value);
        case QUALITY -> QualityWindowJson.write((QualityWindow) value);
        case CODEBOOK -> CodebookDriftJson.write((CodebookDrift) value);
        case CODEBOOK_ROW -> CodebookRowJson.write((CodebookRow) value);
        case RANKER_ROW -> ScorerRowJson.write((ScorerRow) value);
      };
    }

    Object read(byte[] json) throws RecordException {
      return switch (this) {
        case INTERACTION -> InteractionJson.read(json);
        case CONTROL -> ControlEventJson.read(json);
        case RECOMMENDATIONS -> RecommendationListJson.read(json);
        case MODEL_ROW -> ItemRowJson.read(json);
        case QUALITY -> QualityWindowJson.read(json);
        case CODEBOOK -> CodebookDriftJson.read(json);
        case CODEBOOK_ROW -> CodebookRowJson.read(json);
        case RANKER_ROW -> ScorerRowJson.read(json);
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void whatTheCodecWritesFollowsTheSchemaAndIsReadBack(Topic topic) throws RecordException {
    JsonSchema schema = schema(topic.schema);
    List<Object> values = new ArrayList<>(List.of(Samples.fixed(topic.type)));
    SplittableRandom random = new SplittableRandom(3);
    while (values.size() < 300) {
      values.add(Samples.random(topic.type, random));
    }
    values.removeIf(value -> value instanceof RecommendationList list && list.isTombstone());
    for (Object value : values) {
      byte[] json = topic.write(value);
      assertThat(faults(schema, json)).as(text(json)).isEmpty();
      assertThat(topic.read(json)).matches(read -> Samples.same(read, value), text(json));
    }
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void theExamplesInTheSchemaFollowItAndAreRead(Topic topic) throws IOException, RecordException {
    JsonNode examples = MAPPER.readTree(source(topic.schema)).get("examples");
    assertThat(examples).isNotEmpty();
    for (JsonNode example : examples) {
      byte[] json = MAPPER.writeValueAsBytes(example);
      assertThat(faults(schema(topic.schema), json)).as(text(json)).isEmpty();
      assertThat(topic.read(json)).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void whatTheSchemaRequiresTheCodecRequires(Topic topic) throws IOException {
    JsonNode source = MAPPER.readTree(source(topic.schema));
    JsonNode example = source.get("examples").get(0);
    for (JsonNode required : source.get("required")) {
      ObjectNode without = example.deepCopy();
      without.remove(required.asText());
      byte[] json = MAPPER.writeValueAsBytes(without);
      assertThat(faults(schema(topic.schema), json)).isNotEmpty();
      assertThat(fault(topic, json))
          .satisfies(
              fault -> {
                assertThat(fault.error()).isEqualTo(RecordError.MISSING_FIELD);
                assertThat(fault).hasMessage(required.asText() + " is missing");
              });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "interaction|{'event_id':5,'user_id':'u','item_id':'i','event_type':'t','timestamp':1}",
        "interaction|{'event_id':'','user_id':'u','item_id':'i','event_type':'t','timestamp':1}",
        "interaction|{'event_id':'e','user_id':'u','item_id':'i','event_type':'t','timestamp':-1}",
        "interaction|{'event_id':'e','user_id':'u','item_id':'i','event_type':'t','timestamp':1.5}",
        "interaction|{'event_id':'e','user_id':'u','item_id':'i','event_type':'t','timestamp':'now'}",
        "interaction|{'event_id':'e','user_id':'u','item_id':'i','event_type':'t','timestamp':1,'value':'5'}",
        "interaction|{'event_id':'e','user_id':'u','item_id':'i','event_type':'t','timestamp':1,'context':{'a':1}}",
        "control|{'action':'burn','user_id':'u','timestamp':1}",
        "control|{'action':'erase_user','item_id':'i','timestamp':1}",
        "control|{'action':'hide_item','user_id':'u','timestamp':1}",
        "control|{'action':'roll_back_codebook','books':'users','timestamp':1}",
        "control|{'action':'roll_back_codebook','version':3,'timestamp':1}",
        "control|{'action':'roll_back_codebook','books':'users','version':'last','timestamp':1}",
        "model-row|{'item_id':'i','epoch':1,'version':1,'embedding':'not base64!'}",
        "model-row|{'item_id':'i','epoch':1,'version':1,'embedding':'','hidden':'yes'}",
        "model-row|{'item_id':'i','epoch':1,'version':1,'embedding':'','popularity':['much']}",
        "recommendations|{'user_id':'u','items':[{'item_id':'i'}],'model_version':1,'event_time':1,'generated_at':1,'reason':'event'}",
        "recommendations|{'user_id':'u','items':[],'model_version':1,'event_time':1,'generated_at':1,'reason':'whim'}",
        "recommendations|{'user_id':'u','items':[],'model_version':1,'event_time':1,'generated_at':1,'reason':'event','code_path':[-1]}",
        "recommendations|{'user_id':'u','items':[],'model_version':1,'event_time':1,'generated_at':1,'reason':'event','code_path':'3/1'}",
        "codebook-row|{'books':'users','epoch':1,'version':1,'levels':1,'codes':1,'dim':1,'centroids':'not base64!','shares':'','event_time':1}",
        "codebook-row|{'books':'users','epoch':1,'version':1,'levels':-1,'codes':1,'dim':1,'centroids':'','shares':'','event_time':1}",
        "quality|{'model':'m','window':0,'from_time':1,'to_time':2,'warm':{},'all':5}",
      })
  void whatTheSchemaRefusesTheCodecRefuses(String schema, String quoted) {
    byte[] json = quoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    assertThat(faults(schema(schema), json)).isNotEmpty();
    for (Topic topic : Topic.values()) {
      if (topic.schema.equals(schema)) {
        assertThat(fault(topic, json).getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void theExamplesOfDriftRefuseAnOutcomeOrAnAlarmThatIsNone() throws IOException {
    JsonNode example = MAPPER.readTree(source("codebook")).get("examples").get(0);
    ObjectNode outcome = example.deepCopy();
    outcome.put("outcome", "lost");
    ObjectNode alarm = example.deepCopy();
    ((ObjectNode) alarm.get("alarms").get(0)).remove("since");
    ObjectNode usage = example.deepCopy();
    usage.put("usage", "even");
    for (ObjectNode wrong : List.of(outcome, alarm, usage)) {
      byte[] json = MAPPER.writeValueAsBytes(wrong);
      assertThat(faults(schema("codebook"), json)).as(text(json)).isNotEmpty();
      assertThat(fault(Topic.CODEBOOK, json).getMessage()).containsAnyOf("lost", "since", "usage");
    }
  }

  @Test
  void theDeadLetterSchemaNamesTheHeadersAndFaultsThatThereAre() throws IOException {
    JsonNode source = MAPPER.readTree(source("dead-letter"));
    Set<String> headers = new TreeSet<>();
    source.get("properties").fieldNames().forEachRemaining(headers::add);
    assertThat(headers)
        .containsExactlyInAnyOrder(
            DeadLetter.HEADER_ERROR,
            DeadLetter.HEADER_REASON,
            DeadLetter.HEADER_STAGE,
            DeadLetter.HEADER_TOPIC,
            DeadLetter.HEADER_PARTITION,
            DeadLetter.HEADER_OFFSET);
    List<String> errors = new ArrayList<>();
    source
        .get("properties")
        .get(DeadLetter.HEADER_ERROR)
        .get("enum")
        .forEach(error -> errors.add(error.asText()));
    assertThat(RecordError.values()).extracting(Enum::name).isEqualTo(errors);
    for (JsonNode example : source.get("examples")) {
      assertThat(faults(schema("dead-letter"), MAPPER.writeValueAsBytes(example))).isEmpty();
    }
  }

  private static RecordException fault(Topic topic, byte[] json) {
    try {
      throw new AssertionError("was read as " + topic.read(json));
    } catch (RecordException e) {
      return e;
    }
  }

  private static Set<ValidationMessage> faults(JsonSchema schema, byte[] json) {
    return schema.validate(
        text(json),
        InputFormat.JSON,
        context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
  }

  private static JsonSchema schema(String name) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(source(name), SchemaValidatorsConfig.builder().build());
  }

  private static String source(String name) {
    String path = "/schema/" + name + ".schema.json";
    try (InputStream in = SchemaFilesTest.class.getResourceAsStream(path)) {
      assertThat(in).as(path).isNotNull();
      return text(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}

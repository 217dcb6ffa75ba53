// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  @TempDir private Path directory;

  @Test
  void nestedAndDottedKeysMeanTheSame() throws Exception {
    Path file =
        file(
            """
            kafka:
              bootstrap.servers: a:1,b:2
            lists.size: 7
            lists:
              exclude-items: [x, "y;z", it's]
            """);

    JobConfig config = JobConfig.of(ConfigLoader.load(file, List.of()));

    assertThat(config.kafka().bootstrapServers()).isEqualTo("a:1,b:2");
    assertThat(config.lists().size()).isEqualTo(7);
    assertThat(config.lists().excludedItems()).containsExactly("x", "y;z", "it's");
  }

  @Test
  void settingsAreLaidOverTheFileAndTheLastOneHolds() throws Exception {
    Path file = file("kafka.bootstrap.servers: a:1\nlists.size: 7\n");

    JobConfig config =
        JobConfig.of(
            ConfigLoader.load(
                file,
                List.of(
                    "lists.size=8", "lists.size=9", "kafka.properties.sasl.jaas.config=x=\"y\";")));

    assertThat(config.lists().size()).isEqualTo(9);
    assertThat(config.kafka().properties()).containsEntry("sasl.jaas.config", "x=\"y\";");
  }

  @Test
  void anEmptyFileSetsNothing() throws Exception {
    assertThat(ConfigLoader.load(file("# nothing yet\n"), List.of()).toMap()).isEmpty();
  }

  @Test
  void aKeyThatComesTwiceIsRefused() throws Exception {
    Path twice = file("lists.size: 7\nlists.size: 8\n");
    assertThatThrownBy(() -> ConfigLoader.load(twice, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("lists.size");

    Path mixed = file("lists.size: 7\nlists:\n  size: 8\n");
    assertThatThrownBy(() -> ConfigLoader.load(mixed, List.of()))
        .hasMessageContaining("lists.size is set twice");
  }

  @Test
  void aFileThatIsNoMapOfOptionsIsRefused() throws Exception {
    assertThatThrownBy(() -> ConfigLoader.load(file("- a\n- b\n"), List.of()))
        .hasMessageContaining("must hold options");
    assertThatThrownBy(() -> ConfigLoader.load(file("a: [1\nb: 2\n"), List.of()))
        .hasMessageContaining("line ");
    assertThatThrownBy(() -> ConfigLoader.load(directory.resolve("absent.yaml"), List.of()))
        .hasMessageContaining("absent.yaml does not exist");
  }

  @Test
  void aSettingWithoutAValueIsRefused() {
    assertThatThrownBy(() -> ConfigLoader.load(null, List.of("lists.size", "=4")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("\"lists.size\" must be of the form key=value")
        .hasMessageContaining("\"=4\"");
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "freshet", ".yaml"), yaml);
  }
}

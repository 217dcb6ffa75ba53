// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;

class OptionsReferenceTest {
  private static final Path FILE = Path.of("..", "deploy", "docs", "configuration.md");

  /** {@code mvn -pl flink-jobs -am test -Dtest=OptionsReferenceTest -Dupdate} writes the file. */
  @Test
  void theReferenceSaysWhatTheCodeSays() throws IOException {
    if (System.getProperty("update") != null) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, OptionsReference.markdown());
    }

    assertThat(FILE).hasContent(OptionsReference.markdown());
  }

  @Test
  void everyOptionHasAKeyByTheRuleAndADescription() {
    for (ConfigOption<?> option : FreshetOptions.all()) {
      assertThat(option.key()).matches("[a-z]+(\\.[a-z-]+)+");
      assertThat(OptionsReference.markdown()).contains("| `" + option.key());
      assertThat(option.description().getBlocks()).as(option.key()).isNotEmpty();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which loops a JVM takes, in a JVM of its own for either choice. */
class LoopChoiceTest {

  @Test
  void aJvmWithoutTheVectorModuleTakesThePlainLoops() throws Exception {
    assertThat(nameIn(List.of())).isEqualTo("plain loops 11.0");
  }

  @Test
  void aJvmWithTheVectorModuleTakesItsLoops() throws Exception {
    assertThat(nameIn(List.of("--add-modules=jdk.incubator.vector")))
        .startsWith("Vector API, ")
        .endsWith("bits 11.0");
  }

  private static String nameIn(List<String> flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Name.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out.strip();
  }

  /** Prints the loops that this JVM took, and a product to show that they work. */
  static final class Name {
    private Name() {}

    public static void main(String[] args) {
      Kernels kernels = Kernels.cpu();
      float[] x = {1, 2, 3};
      float[] y = {1, 2, 2};
      System.out.println(kernels.name() + " " + kernels.dot(3, x, 0, y, 0));
    }
  }
}

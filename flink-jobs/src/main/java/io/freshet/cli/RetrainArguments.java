// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.eval.Retraining;
import io.freshet.eval.split.EncoderKind;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Encoders that are trained anew on all events so far, after each tenth of a stream. */
final class RetrainArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  @Option(
      names = "--retrain",
      paramLabel = "NAME",
      split = ",",
      description =
          "Encoders to train anew after each tenth of the stream, users folded in between: lightgcn,"
              + " ngat4rec, topkgat (default none; takes minutes).")
  private List<EncoderKind> encoders = List.of();

  @Option(
      names = "--retrain-layers",
      paramLabel = "N",
      description = "Their layers (default ${DEFAULT-VALUE}).",
      defaultValue = "2")
  private int layers;

  @Option(
      names = "--retrain-epochs",
      paramLabel = "N",
      description = "Epochs of each training (default ${DEFAULT-VALUE}).",
      defaultValue = "200")
  private int epochs;

  /** Refuses what cannot be, as wrong usage: all of it in one message. */
  void check() {
    ArgumentFaults faults = new ArgumentFaults();
    for (EncoderKind kind : encoders) {
      if (!Retraining.POSSIBLE.contains(kind)) {
        faults.add(
            "--retrain cannot be "
                + kind
                + ", which does not fold a user in from its items; one of "
                + Retraining.POSSIBLE);
      }
    }
    faults.atLeast("--retrain-layers", 1, layers);
    faults.atLeast("--retrain-epochs", 1, epochs);
    if (!faults.isEmpty()) {
      throw new ParameterException(mixee.commandLine(), faults.toString());
    }
  }

  /**
   * @param events in the whole stream
   */
  Retraining of(long events) {
    return new Retraining(encoders, layers, epochs, events);
  }
}

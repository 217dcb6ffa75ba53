// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import java.io.Serializable;

/**
 * The topics of one job.
 *
 * @param interactions what users do
 * @param deadLetters records that could not be used
 * @param control orders to the job
 * @param recommendations the current list of each user
 * @param model parameter rows
 * @param codebook what each re-fit of a codebook changed
 * @param quality prequential quality
 */
public record TopicNames(
    String interactions,
    String deadLetters,
    String control,
    String recommendations,
    String model,
    String codebook,
    String quality)
    implements Serializable {

  /** The names that apply where no option gives another. */
  public static TopicNames defaults() {
    return new TopicNames(
        Topic.INTERACTIONS.defaultName(),
        Topic.DEAD_LETTERS.defaultName(),
        Topic.CONTROL.defaultName(),
        Topic.RECOMMENDATIONS.defaultName(),
        Topic.MODEL.defaultName(),
        Topic.CODEBOOK.defaultName(),
        Topic.QUALITY.defaultName());
  }

  /** The name of one of them. */
  public String of(Topic topic) {
    return switch (topic) {
      case INTERACTIONS -> interactions;
      case DEAD_LETTERS -> deadLetters;
      case CONTROL -> control;
      case RECOMMENDATIONS -> recommendations;
      case MODEL -> model;
      case CODEBOOK -> codebook;
      case QUALITY -> quality;
    };
  }
}

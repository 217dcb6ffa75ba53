// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.connect.Topic;

/**
 * How the reading of a topic stands.
 *
 * @param topic which
 * @param name what it is called
 * @param state how it stands
 * @param fault why it cannot be read; null where it can
 * @param records read so far
 * @param unreadable those that were not Freshet's
 * @param unreadableReason what was wrong with the last of them; null where there is none
 * @param lastAt time of the newest record, milliseconds; 0 for none
 */
record TopicStatus(
    Topic topic,
    String name,
    State state,
    String fault,
    long records,
    long unreadable,
    String unreadableReason,
    long lastAt) {

  enum State {
    /** Nobody knows yet. */
    OPENING,
    /** There is no such topic. */
    MISSING,
    /** It is there, and nothing in it. */
    EMPTY,
    /** Records come. */
    READING,
    /** It cannot be read. */
    FAILED
  }

  /** What a person should know where there is nothing to show; null where there is. */
  String message() {
    return switch (state) {
      case READING -> null;
      case OPENING -> "Opening " + name + " ...";
      case FAILED -> name + " cannot be read: " + fault;
      case MISSING ->
          nothing()
              + ": topic "
              + name
              + " does not exist. The job makes it when it first starts; "
              + topic.option()
              + " names another.";
      case EMPTY -> nothing() + ": " + name + " is empty. " + expectation();
    };
  }

  private String nothing() {
    return switch (topic) {
      case INTERACTIONS -> "No event yet";
      case RECOMMENDATIONS -> "No list yet";
      case QUALITY -> "No quality window yet";
      case CODEBOOK -> "No re-fit yet";
      default -> "Nothing yet";
    };
  }

  private String expectation() {
    return switch (topic) {
      case INTERACTIONS -> "Nobody has sent an event.";
      case RECOMMENDATIONS -> "The first comes with the first events that the job takes.";
      case QUALITY -> "A window ends after quality.window tests.";
      case CODEBOOK -> "The first comes when enough users have acted (codebook.refit.min-users).";
      default -> "";
    };
  }
}

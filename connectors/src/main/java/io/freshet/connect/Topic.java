// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;

/** The topics of a job: what each is called unless told otherwise, and what it must be like. */
public enum Topic {
  /** What users do; key: user id. */
  INTERACTIONS("interactions", "freshet.interactions.v1", Cleanup.DELETE, AclOperation.READ),
  /** Records that could not be used, key and bytes as received. */
  DEAD_LETTERS("dead-letters", "freshet.interactions.dlq.v1", Cleanup.DELETE, AclOperation.WRITE),
  /** Orders to the job; key: user or item id, or {@code codebook/} and the books. */
  CONTROL("control", "freshet.control.v1", Cleanup.COMPACT, AclOperation.READ),
  /** The current list of each user; key: user id. */
  RECOMMENDATIONS(
      "recommendations", "freshet.recommendations.v1", Cleanup.COMPACT, AclOperation.WRITE),
  /** Parameter rows; key: kind and id, as in {@code item/42}. The job reads what it writes. */
  MODEL("model", "freshet.model.v1", Cleanup.COMPACT, AclOperation.READ, AclOperation.WRITE),
  /** What each re-fit of the codebooks changed; key: books and level, as in {@code users/1}. */
  CODEBOOK("codebook", "freshet.codebook.v1", Cleanup.DELETE, AclOperation.WRITE),
  /** Prequential quality; key: model and window. */
  QUALITY("quality", "freshet.quality.v1", Cleanup.DELETE, AclOperation.WRITE);

  /** What Kafka does with old records of a topic. */
  public enum Cleanup {
    /** They go when they are old; keys do not matter. */
    DELETE("delete", "records of one key would replace one another"),
    /** They go when a newer record of their key comes; the last of each key stays. */
    COMPACT("compact", "the last record of a key would expire, or all would stay for ever");

    private final String policy;
    private final String otherwise;

    Cleanup(String policy, String otherwise) {
      this.policy = policy;
      this.otherwise = otherwise;
    }

    /** The value of the topic's {@code cleanup.policy}. */
    public String policy() {
      return policy;
    }

    /** What goes wrong under another policy. */
    String otherwise() {
      return otherwise;
    }
  }

  private final String role;
  private final String defaultName;
  private final Cleanup cleanup;
  private final Set<AclOperation> access;

  Topic(String role, String defaultName, Cleanup cleanup, AclOperation... access) {
    this.role = role;
    this.defaultName = defaultName;
    this.cleanup = cleanup;
    this.access = Set.of(access);
  }

  /** What the topic is for, in one word of an option, a group or a transactional id. */
  String role() {
    return role;
  }

  /** The option that names the topic. */
  public String option() {
    return "topic." + role;
  }

  /** The topic's name where no option gives another. */
  public String defaultName() {
    return defaultName;
  }

  /** What Kafka must do with its old records. */
  public Cleanup cleanup() {
    return cleanup;
  }

  /** What the job does with it. */
  Set<AclOperation> access() {
    return access;
  }
}

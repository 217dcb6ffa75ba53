// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.Endpoints;
import io.freshet.job.JobConfig;
import java.time.Duration;
import java.util.List;

final class KafkaAccess {
  private KafkaAccess() {}

  static List<String> prepare(JobConfig config, boolean create) {
    throw new UnsupportedOperationException();
  }

  static Endpoints endpoints(JobConfig config, boolean bounded) {
    throw new UnsupportedOperationException();
  }

  static Broker startBroker() {
    throw new UnsupportedOperationException();
  }

  static Feed follow(JobConfig config, String topic, boolean fromBeginning) {
    throw new UnsupportedOperationException();
  }

  static long lag(JobConfig config) {
    throw new UnsupportedOperationException();
  }

  interface Broker extends AutoCloseable {
    String bootstrapServers();

    @Override
    void close();
  }

  interface Feed extends AutoCloseable {
    List<Rec> poll(Duration wait);

    @Override
    void close();
  }

  record Rec(byte[] key, byte[] value, long timestamp) {}
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.TopicReader;
import io.freshet.eval.CpuCost;
import io.freshet.job.Endpoints;
import io.freshet.job.FreshetJob;
import io.freshet.job.JobConfig;
import io.freshet.job.KafkaEndpoints;
import io.freshet.job.LocalCluster;
import io.freshet.job.LocalJob;
import io.freshet.schema.CodebookDriftJson;
import io.freshet.schema.QualityWindowJson;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The job from the first event of a topic that is filled to the last, in this process. */
final class BoundedRun {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LAST_POLL = Duration.ofSeconds(1);

  private final Console console;
  private final Interruption interruption;
  private final JobConfig config;
  private final Lead lead;
  private final QualityRows windows = new QualityRows();
  private final RefitLog refits = new RefitLog();
  private CpuCost cost;

  /**
   * @param config with the settings of {@link RunProtocol} for the same lead
   */
  BoundedRun(Console console, Interruption interruption, JobConfig config, Lead lead) {
    this.console = console;
    this.interruption = interruption;
    this.config = config;
    this.lead = lead;
  }

  /**
   * Runs to the end.
   *
   * @param title of the progress line
   * @param events in the topic
   */
  BoundedRun run(String title, long events) throws Exception {
    try (LocalCluster cluster = Clusters.start(config);
        TopicReader quality = Reading.fromBeginning(config, config.topics().quality());
        TopicReader codebook = Reading.fromBeginning(config, config.topics().codebook());
        LocalJob job = cluster.submit(new FreshetJob(config, endpoints(cluster))::addTo, null)) {
      JobProgress progress = new JobProgress(cluster.metrics());
      while (!windows.isComplete()) {
        if (interruption.isRequested()) {
          throw new CommandException("stopped before the end");
        }
        for (ConsumerRecord<byte[], byte[]> record : quality.poll(POLL)) {
          windows.add(QualityWindowJson.read(record.value()));
        }
        note(codebook.poll(Duration.ZERO));
        // The model topic never ends, so neither does the job; where it failed, await throws.
        if (job.await(0)) {
          throw new CommandException("the job ended without a result" + Console.logHint());
        }
        console.progress(title + ": " + progress.line() + " of " + Text.count(events));
      }
      boolean more = true;
      while (more) {
        more = note(codebook.poll(LAST_POLL));
      }
      console.clearProgress();
      console.println(title + ": " + progress.line());
      cost = StageCosts.of(cluster.metrics());
      return this;
    }
  }

  /** Whether there was anything. */
  private boolean note(Iterable<ConsumerRecord<byte[], byte[]>> records) throws Exception {
    boolean any = false;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      refits.add(CodebookDriftJson.read(record.value()));
      any = true;
    }
    return any;
  }

  private Endpoints endpoints(LocalCluster cluster) {
    Endpoints endpoints = KafkaEndpoints.of(config, true);
    return lead.isBounded() ? cluster.heldBack(endpoints, lead.events()) : endpoints;
  }

  /** Quality along the stream. */
  QualityRows windows() {
    return windows;
  }

  /** What re-fits told; none where users get no codes. */
  RefitLog refits() {
    return refits;
  }

  /** What an event cost. */
  CpuCost cost() {
    return cost;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.connect.ConnectorMetrics;
import io.freshet.operator.MetricNames;
import io.freshet.schema.RecordError;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names under which Prometheus sees the job's metrics, made of the constants by Flink's rule.
 * What of Flink's own is used stands here by name; {@link MonitoringIT} holds both against a job.
 */
final class ExportedNames {
  private static final String OPERATOR = "flink_taskmanager_job_task_operator_";
  private static final Pattern STAGE =
      Pattern.compile("stage_(state|test|graph|learn|codes|rank|publish)_cpu_nanos");

  private static final Set<String> FLINK =
      Set.of(
          "flink_jobmanager_job_lastCheckpointCompletedTimestamp",
          "flink_jobmanager_job_lastCheckpointDuration",
          "flink_jobmanager_job_lastCheckpointFullSize",
          "flink_jobmanager_job_lastCheckpointSize",
          "flink_jobmanager_job_numRestarts",
          "flink_jobmanager_job_numberOfCompletedCheckpoints",
          "flink_jobmanager_job_numberOfFailedCheckpoints",
          "flink_jobmanager_job_restartingTime",
          "flink_jobmanager_job_runningTime",
          "flink_taskmanager_Status_JVM_Memory_Heap_Used",
          "flink_taskmanager_job_task_backPressuredTimeMsPerSecond",
          "flink_taskmanager_job_task_busyTimeMsPerSecond",
          OPERATOR + "currentEmitEventTimeLag",
          OPERATOR + "numRecordsIn",
          OPERATOR + "pendingRecords",
          OPERATOR + "watermarkLag");

  /** What Prometheus itself says of each target. */
  static final Set<String> PROMETHEUS = Set.of("up");

  private ExportedNames() {}

  static boolean contains(String metric) {
    if (FLINK.contains(metric) || PROMETHEUS.contains(metric)) {
      return true;
    }
    if (!metric.startsWith(OPERATOR)) {
      return false;
    }
    // A metric of the codebooks lies in groups of their name and, where it has one, of the level.
    String name =
        metric.substring(OPERATOR.length()).replaceFirst("^books_(level_)?(?=codebook_)", "");
    return STAGE.matcher(name).matches()
        || constants(MetricNames.class).contains(name)
        || connectors().contains(name.replaceFirst("^deserializer_", ""));
  }

  private static Set<String> connectors() {
    Set<String> names = constants(ConnectorMetrics.class);
    for (RecordError error : RecordError.values()) {
      names.add(sanitised(ConnectorMetrics.recordsRefused(error)));
    }
    return names;
  }

  private static Set<String> constants(Class<?> type) {
    Set<String> names = new TreeSet<>();
    for (Field field : type.getFields()) {
      try {
        String name = (String) field.get(null);
        // A prefix or suffix is no name.
        if (name.matches("[a-z].*[a-z]")) {
          names.add(sanitised(name));
        }
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    return names;
  }

  private static String sanitised(String name) {
    return name.replaceAll("[^a-zA-Z0-9:_]", "_");
  }
}

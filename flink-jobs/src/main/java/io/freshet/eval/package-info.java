// SPDX-License-Identifier: Apache-2.0
/**
 * The prequential protocol (test, then learn): its metrics, the baselines every model is measured
 * against, and the report of a run. Nothing here may know Flink or Kafka, and nothing here may see
 * the model that is being judged: a judged model enters only as ranks.
 */
package io.freshet.eval;

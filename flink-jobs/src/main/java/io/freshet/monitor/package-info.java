// SPDX-License-Identifier: Apache-2.0
/**
 * The live page: follows a job's topics and serves what it sees to a browser on this machine. It
 * knows Kafka alone, neither Flink nor the job, and all that it holds is bounded.
 */
package io.freshet.monitor;

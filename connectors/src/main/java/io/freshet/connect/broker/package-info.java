// SPDX-License-Identifier: Apache-2.0
/**
 * A real Kafka broker of one node, for the demo, for evaluations and for tests. Nothing of the job
 * may depend on it.
 */
package io.freshet.connect.broker;

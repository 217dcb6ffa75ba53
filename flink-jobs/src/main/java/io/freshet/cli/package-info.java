// SPDX-License-Identifier: Apache-2.0
/**
 * The freshet command: reads what it was told, starts the jobs, brokers and producers that others
 * make, and talks to a person. No learning, no topology and no Kafka protocol here.
 */
package io.freshet.cli;

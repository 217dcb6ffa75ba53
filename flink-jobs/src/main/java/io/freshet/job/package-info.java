// SPDX-License-Identifier: Apache-2.0
/**
 * Makes one Flink job of the operators and connectors: options, the checked configuration, the
 * topology with its uids, and the cluster of a local run. No learning, no parsing of records and no
 * console output here.
 */
package io.freshet.job;

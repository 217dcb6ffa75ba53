// SPDX-License-Identifier: Apache-2.0

/**
 * The learner: user profiles, the item table and the steps that test, learn and rank, as arrays in
 * and arrays out. It knows no Flink, no Kafka and no record of a topic; the operators feed it.
 */
package io.freshet.model;

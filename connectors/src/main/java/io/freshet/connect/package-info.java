// SPDX-License-Identifier: Apache-2.0
/**
 * How records enter and leave: Kafka sources and sinks, their topics, and what is checked about
 * both. Nothing here learns, and nothing here is an operator with state.
 */
package io.freshet.connect;

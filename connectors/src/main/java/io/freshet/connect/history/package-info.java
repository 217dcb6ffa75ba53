// SPDX-License-Identifier: Apache-2.0
/**
 * Interactions of the past: the source that reads event files before it goes on with the topic, and
 * what it keeps in checkpoints. Nothing here decides what an event means.
 */
package io.freshet.connect.history;

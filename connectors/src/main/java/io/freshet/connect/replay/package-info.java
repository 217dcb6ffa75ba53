// SPDX-License-Identifier: Apache-2.0
/**
 * Where events come from when no application sends them: files and generated traffic, the pace at
 * which they go out, and the producer that sends them. Nothing here consumes a topic or knows
 * Flink.
 */
package io.freshet.connect.replay;

// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

/**
 * A trained user in a table file.
 *
 * @param id the user
 * @param baseRow what was learnt, dim values
 * @param finalRow what the encoder made of it
 * @param thresholds raw thresholds, one a layer; empty for an encoder without
 * @param items the user's training edges by item id, a pair that was given twice twice
 */
public record TableUser(
    String id, float[] baseRow, float[] finalRow, float[] thresholds, String[] items) {}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

/**
 * A trained item in a table file.
 *
 * @param id the item
 * @param degree training edges of the item; a pair that was given twice counts twice
 * @param baseRow what was learnt, dim values
 * @param finalRow what the encoder made of it: inner products with users' final rows are scores
 */
public record TableItem(String id, long degree, float[] baseRow, float[] finalRow) {}

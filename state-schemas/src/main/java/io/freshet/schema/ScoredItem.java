// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

/** An item in a list with the model's score; scores compare within one list only. */
public record ScoredItem(String itemId, float score) {}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

/** Names and uids of the operators. State is found by uid: one that changes loses its state. */
final class Uids {
  private Uids() {}

  static final String INTERACTIONS = "interactions";
  static final String CONTROL = "control";
  static final String ITEM_ROWS = "item-rows";
  static final String MODEL_PACKS = "model-packs";
  static final String ROUTE_INTERACTIONS = "route-interactions";
  static final String ROUTE_CONTROL = "route-control";
  static final String DEDUPE = "dedupe";
  static final String USER_LEARNER = "user-learner";
  static final String ITEM_MERGER = "item-merger";
  static final String QUALITY_WINDOWS = "quality-windows";
  static final String CODES_TO_FITTER = "codes-to-fitter";
  static final String QUALITY_TO_FITTER = "quality-to-fitter";
  static final String ORDERS_TO_FITTER = "orders-to-fitter";
  static final String CODEBOOK_FITTER = "codebook-fitter";
  static final String SCORER_MERGER = "scorer-merger";
  static final String LISTS_SINK = "recommendations-sink";
  static final String MODEL_SINK = "model-sink";
  static final String BOOKS_SINK = "books-sink";
  static final String SCORER_SINK = "scorer-sink";
  static final String CODEBOOK_SINK = "codebook-sink";
  static final String DEAD_LETTER_SINK = "dead-letter-sink";
  static final String QUALITY_SINK = "quality-sink";
}

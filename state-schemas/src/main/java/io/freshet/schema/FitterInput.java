// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What comes to the fitter of codebooks; exactly one is set.
 *
 * @param codes what a learner gathered, else null
 * @param quality a quality window, else null
 * @param order an order about codebooks, else null
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record FitterInput(CodeDelta codes, QualityWindow quality, ControlEvent order) {

  /** What a learner gathered. */
  public static FitterInput of(CodeDelta codes) {
    return new FitterInput(codes, null, null);
  }

  /** A quality window. */
  public static FitterInput of(QualityWindow quality) {
    return new FitterInput(null, quality, null);
  }

  /** An order about codebooks. */
  public static FitterInput of(ControlEvent order) {
    return new FitterInput(null, null, order);
  }
}

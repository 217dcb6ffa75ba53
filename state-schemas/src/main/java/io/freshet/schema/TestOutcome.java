// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The outcome of testing one event before learning from it.
 *
 * @param model whose test: {@code freshet} or the name of a baseline
 * @param rank 1 for the best; 0 when the item could not be ranked (never seen before)
 * @param warm whether user and item had both been seen before
 * @param time event time, milliseconds
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record TestOutcome(String model, int rank, boolean warm, long time) {}

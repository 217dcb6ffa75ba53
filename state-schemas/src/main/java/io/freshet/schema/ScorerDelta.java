// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What one learner's lessons changed of the weights of the network that ranks candidates; their
 * owner adds it to what it has.
 *
 * @param learner subtask index of the learner
 * @param sequence grows with every delta of the learner, also across restarts
 * @param change what is added to the weights
 * @param weights the weights as the learner has them, with the change: where an owner begins that
 *     has none yet
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record ScorerDelta(int learner, long sequence, float[] change, float[] weights) {}

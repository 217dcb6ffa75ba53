// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.schema.DeadLetter;
import io.freshet.schema.Decoded;
import io.freshet.schema.ItemRow;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.RecommendationList;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * Where a job reads and writes.
 *
 * @param interactions what users do; when it is bounded the job ends its tests with it
 * @param control orders; bounded when {@code interactions} is
 * @param itemRows the model topic, from the owners to the learners; never bounded
 * @param lists fresh lists
 * @param model the model topic, written
 * @param deadLetters what could not be used
 * @param quality quality windows
 */
public record Endpoints(
    Source<Decoded, ?, ?> interactions,
    Source<Decoded, ?, ?> control,
    Source<ItemRow, ?, ?> itemRows,
    Sink<RecommendationList> lists,
    Sink<ItemRow> model,
    Sink<DeadLetter> deadLetters,
    Sink<QualityWindow> quality) {}

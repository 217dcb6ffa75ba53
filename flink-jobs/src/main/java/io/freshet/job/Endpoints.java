// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookRow;
import io.freshet.schema.DeadLetter;
import io.freshet.schema.Decoded;
import io.freshet.schema.ItemRow;
import io.freshet.schema.ModelRecord;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.ScorerRow;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * Where a job reads and writes.
 *
 * @param interactions what users do; when it is bounded the job ends its tests with it
 * @param control orders; bounded when {@code interactions} is
 * @param modelRecords the model topic, from the owners of rows to the learners; never bounded
 * @param lists fresh lists
 * @param model the model topic, item rows written
 * @param books the model topic, codebooks written
 * @param scorer the model topic, the ranking network's weights written
 * @param codebook what re-fits of codebooks changed
 * @param deadLetters what could not be used
 * @param quality quality windows
 */
public record Endpoints(
    Source<Decoded, ?, ?> interactions,
    Source<Decoded, ?, ?> control,
    Source<ModelRecord, ?, ?> modelRecords,
    Sink<RecommendationList> lists,
    Sink<ItemRow> model,
    Sink<CodebookRow> books,
    Sink<ScorerRow> scorer,
    Sink<CodebookDrift> codebook,
    Sink<DeadLetter> deadLetters,
    Sink<QualityWindow> quality) {}

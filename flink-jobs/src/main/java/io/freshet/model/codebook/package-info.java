// SPDX-License-Identifier: Apache-2.0

/**
 * Residual codes of embeddings: books that are fitted while the stream runs, what learners gather
 * for a re-fit, and what tells of drift. It knows no Flink, no Kafka and no user: vectors in, codes
 * and figures out.
 */
package io.freshet.model.codebook;

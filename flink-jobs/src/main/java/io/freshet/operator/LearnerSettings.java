// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.ModelOptions;
import io.freshet.schema.EventTypes;
import java.io.Serializable;
import java.util.List;

/**
 * What a learner is told at start.
 *
 * @param model the learning maths' own options
 * @param eventTypes weights of the event types
 * @param batchSize events that start a mini-step at once
 * @param batchIntervalMillis the longest an event waits for its mini-step, wall clock
 * @param groupByTime makes a mini-step of each run of equal timestamps instead, so that nothing is
 *     learned from one event before another of the same moment was tested
 * @param cachedUsers how many users stay in memory
 * @param listSize K, items in a list
 * @param listIntervalMillis the least event time between two lists of one user; 0: no bound
 * @param excludeSeen whether lists leave out what their user knows
 * @param excludedItems items that no list shows
 * @param testShare share of the events that are tested before they are learned, 0 to 1
 * @param learnShare share of the new positives that the ranker of candidates learns from, 0 to 1
 * @param ignoreRowsBefore rows and codebooks of earlier epochs are another job's, unless this one
 *     was restored
 */
public record LearnerSettings(
    ModelOptions model,
    EventTypes eventTypes,
    int batchSize,
    long batchIntervalMillis,
    boolean groupByTime,
    int cachedUsers,
    int listSize,
    long listIntervalMillis,
    boolean excludeSeen,
    List<String> excludedItems,
    double testShare,
    double learnShare,
    long ignoreRowsBefore)
    implements Serializable {}

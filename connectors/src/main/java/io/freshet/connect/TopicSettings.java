// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

/**
 * How topics are made when they are missing.
 *
 * @param create whether they are made at all
 * @param partitions of a new topic
 * @param replicationFactor of a new topic
 */
public record TopicSettings(boolean create, int partitions, short replicationFactor) {}

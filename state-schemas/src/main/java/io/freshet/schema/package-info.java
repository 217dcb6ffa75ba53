// SPDX-License-Identifier: Apache-2.0
/**
 * The records that cross a topic or an operator boundary or lie in a table file, their JSON form,
 * the state types, and the versioned serializers of both. Nothing here reads Kafka, learns, or
 * knows what an operator does.
 */
package io.freshet.schema;

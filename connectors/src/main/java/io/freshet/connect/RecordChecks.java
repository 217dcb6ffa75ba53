// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.EventTypes;
import java.io.Serializable;

/**
 * What an interaction must meet beyond its schema.
 *
 * @param types the accepted types
 * @param maxBytes the largest record, in bytes
 * @param maxFutureMillis how far ahead of this machine's clock an event may lie
 */
public record RecordChecks(EventTypes types, int maxBytes, long maxFutureMillis)
    implements Serializable {}

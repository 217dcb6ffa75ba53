// SPDX-License-Identifier: Apache-2.0

/**
 * What a planted drift did: alarms, quality and codebooks before and after an event that is known.
 */
package io.freshet.eval.drift;

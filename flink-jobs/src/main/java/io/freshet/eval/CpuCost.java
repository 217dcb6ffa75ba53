// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

/**
 * CPU microseconds an event.
 *
 * @param recommend to rank one tested event's item against all candidates
 * @param learn to learn one positive event
 */
public record CpuCost(double recommend, double learn) {}

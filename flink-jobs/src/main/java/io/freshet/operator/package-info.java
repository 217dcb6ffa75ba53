// SPDX-License-Identifier: Apache-2.0
/**
 * Thin Flink shells around the model: they buffer, load and save state, keep time and count, and
 * call {@code io.freshet.model} for everything that learns or ranks. No topology and no
 * configuration parsing here.
 */
package io.freshet.operator;

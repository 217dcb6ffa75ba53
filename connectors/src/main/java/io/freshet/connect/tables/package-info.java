// SPDX-License-Identifier: Apache-2.0
/**
 * Files of trained tables: written after training, read at the start of a stream. How a file lies
 * on disk and what can be wrong with it is known here; what the rows mean is not.
 */
package io.freshet.connect.tables;

// SPDX-License-Identifier: Apache-2.0

/** The network that ranks candidates by their features; knows matrices and no items. */
package io.freshet.model.scorer;

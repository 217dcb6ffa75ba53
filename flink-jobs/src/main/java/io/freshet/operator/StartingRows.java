// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.InitialRows;
import io.freshet.model.ModelOptions;
import java.io.IOException;
import java.io.Serializable;

/**
 * Where rows start from, as it travels to the tasks: each opens it for itself. Every opening of a
 * job's life must give the same rows, those of a row's owner and of its replicas above all.
 */
@FunctionalInterface
public interface StartingRows extends Serializable {

  /**
   * The rows; tasks of one process may share them.
   *
   * @throws IOException if they are not there to be read
   */
  InitialRows open(ModelOptions options) throws IOException;
}

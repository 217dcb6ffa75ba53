// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** Gives a test the keyed state of an operator that does nothing. */
final class KeyedStates implements AutoCloseable {

  private static final class Holder extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(StreamRecord<String> element) {
      throw new UnsupportedOperationException("the test uses the state itself");
    }
  }

  private final Holder operator = new Holder();
  private final KeyedOneInputStreamOperatorTestHarness<String, String, String> harness;

  KeyedStates(StateBackend backend) throws Exception {
    harness = new KeyedOneInputStreamOperatorTestHarness<>(operator, key -> key, Types.STRING);
    harness.setStateBackend(backend);
    harness.open();
  }

  RuntimeContext context() {
    return operator.getRuntimeContext();
  }

  KeyedStateBackend<Object> keys() {
    return operator.getKeyedStateBackend();
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.schema.ModelRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Packs model records together for the learners. A task of two inputs takes one record of each in
 * turn; in a backlog of events a learner would take in one row an event, while owners publish more,
 * and fall behind for as long as the backlog lasts.
 *
 * <p>A pack leaves when it is full, when its first record has waited long enough, and before a
 * barrier, so that no record of one is in a checkpoint.
 */
public final class ModelPacks extends AbstractStreamOperator<ModelRecord[]>
    implements OneInputStreamOperator<ModelRecord, ModelRecord[]>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  /** What leaves. */
  public static final TypeInformation<ModelRecord[]> TYPE =
      ObjectArrayTypeInfo.getInfoFor(ModelRecord[].class, TypeInformation.of(ModelRecord.class));

  // An event changes about five rows, of which owners make one or two.
  private static final int MOST_RECORDS = 16;
  private static final long LONGEST_WAIT_MILLIS = 5;

  private static final ModelRecord[] NONE = {};

  private transient List<ModelRecord> pack;
  private transient boolean leaveScheduled;

  @Override
  public void open() throws Exception {
    super.open();
    pack = new ArrayList<>(MOST_RECORDS);
  }

  @Override
  public void processElement(StreamRecord<ModelRecord> element) {
    pack.add(element.getValue());
    if (pack.size() == MOST_RECORDS) {
      leave();
    } else if (!leaveScheduled) {
      leaveScheduled = true;
      long now = getProcessingTimeService().getCurrentProcessingTime();
      getProcessingTimeService().registerTimer(now + LONGEST_WAIT_MILLIS, time -> leaveInTime());
    }
  }

  private void leaveInTime() {
    leaveScheduled = false;
    leave();
  }

  private void leave() {
    if (!pack.isEmpty()) {
      output.collect(new StreamRecord<>(pack.toArray(NONE)));
      pack.clear();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    leave();
  }

  @Override
  public void endInput() {
    leave();
  }
}

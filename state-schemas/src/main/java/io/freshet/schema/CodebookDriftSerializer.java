// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of {@link CodebookDrift}. */
public final class CodebookDriftSerializer extends VersionedSerializer<CodebookDrift> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int VERSION_1 = 1;
  private static final CodebookDrift.Outcome[] OUTCOMES = CodebookDrift.Outcome.values();

  @Override
  int version() {
    return VERSION_1;
  }

  @Override
  void write(CodebookDrift value, DataOutputView out) throws IOException {
    Fields.writeString(value.books(), out);
    out.writeLong(value.epoch());
    out.writeLong(value.version());
    out.writeInt(value.level());
    out.writeInt(value.levels());
    out.writeLong(value.eventTime());
    out.writeLong(value.generatedAt());
    Fields.writeEnum(value.outcome(), out);
    Fields.writeString(value.reason(), out);
    writeFigures(value.figures(), out);
    out.writeInt(value.alarms().size());
    for (CodebookAlarm alarm : value.alarms()) {
      writeAlarm(alarm, out);
    }
  }

  private static void writeFigures(CodebookDrift.Figures figures, DataOutputView out)
      throws IOException {
    out.writeLong(figures.users());
    out.writeLong(figures.codes());
    out.writeLong(figures.codesUsed());
    out.writeDouble(figures.perplexity());
    out.writeLong(figures.dead());
    out.writeLong(figures.expired());
    out.writeDouble(figures.largestShare());
    out.writeDouble(figures.error());
    out.writeDouble(figures.centroidShift());
    out.writeDouble(figures.changed());
    out.writeDouble(figures.separation());
    out.writeDouble(figures.effectiveRank());
    Fields.writeDoubles(figures.usage(), out);
  }

  private static void writeAlarm(CodebookAlarm alarm, DataOutputView out) throws IOException {
    Fields.writeString(alarm.metric(), out);
    out.writeInt(alarm.level());
    Fields.writeString(alarm.detector(), out);
    out.writeDouble(alarm.value());
    out.writeDouble(alarm.threshold());
    out.writeLong(alarm.since());
  }

  @Override
  CodebookDrift read(int version, DataInputView in) throws IOException {
    return new CodebookDrift(
        Fields.readString(in),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        Fields.readEnum(OUTCOMES, in),
        Fields.readString(in),
        readFigures(in),
        readAlarms(in));
  }

  private static CodebookDrift.Figures readFigures(DataInputView in) throws IOException {
    return new CodebookDrift.Figures(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        Fields.readDoubles(in));
  }

  private static List<CodebookAlarm> readAlarms(DataInputView in) throws IOException {
    CodebookAlarm[] alarms = new CodebookAlarm[Fields.length(in)];
    for (int i = 0; i < alarms.length; i++) {
      alarms[i] =
          new CodebookAlarm(
              Fields.readString(in),
              in.readInt(),
              Fields.readString(in),
              in.readDouble(),
              in.readDouble(),
              in.readLong());
    }
    return List.of(alarms);
  }

  @Override
  public TypeSerializerSnapshot<CodebookDrift> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in a savepoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CodebookDrift> {
    /** For Flink. */
    public Snapshot() {
      super(CodebookDriftSerializer::new);
    }
  }
}

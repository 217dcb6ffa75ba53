// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.io.Serial;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * A type that is opaque to Flink: no fields, one serializer.
 *
 * @param <T> the type
 */
public final class SchemaTypeInfo<T> extends TypeInformation<T> {
  @Serial private static final long serialVersionUID = 1L;

  private static final List<SchemaTypeInfo<?>> ALL =
      List.of(
          new SchemaTypeInfo<>(Interaction.class, new InteractionSerializer()),
          new SchemaTypeInfo<>(RecommendationList.class, new RecommendationListSerializer()),
          new SchemaTypeInfo<>(ControlEvent.class, new ControlEventSerializer()),
          new SchemaTypeInfo<>(ItemRow.class, new ItemRowSerializer()),
          new SchemaTypeInfo<>(RowCompanions.class, new RowCompanionsSerializer()),
          new SchemaTypeInfo<>(ItemDelta.class, new ItemDeltaSerializer()),
          new SchemaTypeInfo<>(UserState.class, new UserStateSerializer()),
          new SchemaTypeInfo<>(UserEdges.class, new UserEdgesSerializer()),
          new SchemaTypeInfo<>(Decoded.class, new DecodedSerializer()),
          new SchemaTypeInfo<>(DeadLetter.class, new DeadLetterSerializer()),
          new SchemaTypeInfo<>(TestOutcome.class, new TestOutcomeSerializer()),
          new SchemaTypeInfo<>(QualityWindow.class, new QualityWindowSerializer()),
          new SchemaTypeInfo<>(CodebookDrift.class, new CodebookDriftSerializer()),
          new SchemaTypeInfo<>(CodebookRow.class, new CodebookRowSerializer()),
          new SchemaTypeInfo<>(ScorerDelta.class, new ScorerDeltaSerializer()),
          new SchemaTypeInfo<>(ScorerRow.class, new ScorerRowSerializer()),
          new SchemaTypeInfo<>(ModelRecord.class, new ModelRecordSerializer()),
          new SchemaTypeInfo<>(CodeDelta.class, new CodeDeltaSerializer()),
          new SchemaTypeInfo<>(CodebookState.class, new CodebookStateSerializer()),
          new SchemaTypeInfo<>(FitterInput.class, new FitterInputSerializer()));

  private final Class<T> type;
  private final TypeSerializer<T> serializer;

  private SchemaTypeInfo(Class<T> type, TypeSerializer<T> serializer) {
    this.type = type;
    this.serializer = serializer;
  }

  /** The type information of a record of this package. */
  @SuppressWarnings("unchecked")
  public static <T> SchemaTypeInfo<T> of(Class<T> type) {
    for (SchemaTypeInfo<?> known : ALL) {
      if (known.type == type) {
        return (SchemaTypeInfo<T>) known;
      }
    }
    throw new IllegalArgumentException(type + " has no serializer here");
  }

  /** Every type that has one. */
  public static List<SchemaTypeInfo<?>> all() {
    return ALL;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer;
  }

  @Override
  public String toString() {
    return type.getSimpleName();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SchemaTypeInfo<?> that && that.type == type;
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof SchemaTypeInfo;
  }
}

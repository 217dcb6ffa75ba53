// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Gives Flink the hand-written serializer of each record here, wherever it meets the type.
 *
 * @param <T> one of the types of this package
 */
public final class SchemaTypeInfoFactory<T> extends TypeInfoFactory<T> {

  @Override
  @SuppressWarnings("unchecked")
  public TypeInformation<T> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return (TypeInformation<T>) SchemaTypeInfo.of((Class<?>) type);
  }
}

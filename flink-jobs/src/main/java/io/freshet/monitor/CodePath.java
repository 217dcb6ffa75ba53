// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.schema.RecommendationList;
import java.io.IOException;

/** The code path of a list record. */
final class CodePath {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Where no code is known. */
  static final int[] NONE = {};

  private CodePath() {}

  /** The user's codes, level by level; empty where the record has none. */
  static int[] of(RecommendationList list, byte[] record) {
    try {
      JsonNode path = MAPPER.readTree(record).path("code_path");
      int[] codes = new int[path.size()];
      for (int level = 0; level < codes.length; level++) {
        codes[level] = path.get(level).asInt();
      }
      return codes;
    } catch (IOException e) {
      return NONE;
    }
  }

  /** How many codes two paths share from the first on. */
  static int sharedPrefix(int[] one, int[] other) {
    int most = Math.min(one.length, other.length);
    int shared = 0;
    while (shared < most && one[shared] == other[shared]) {
      shared++;
    }
    return shared;
  }
}

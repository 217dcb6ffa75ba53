// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.util.Collection;

/** Levenshtein distance: how many single-character edits lead from one text to another. */
final class EditDistance {
  private EditDistance() {}

  /**
   * The candidate nearest to a text; null when even that one has little in common with it: more
   * than a third of the text would have to change.
   */
  static String nearest(String text, Collection<String> candidates) {
    String nearest = null;
    int least = Math.max(2, text.length() / 3) + 1;
    for (String candidate : candidates) {
      int distance = between(text, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  static int between(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.schema.RecommendationList;
import io.freshet.schema.ScoredItem;
import java.util.List;
import java.util.Locale;

/** A list in one line. */
final class ListText {
  private ListText() {}

  /** Everything: time, user, reason, each item with its score. */
  static String of(RecommendationList list) {
    StringBuilder text = new StringBuilder(Text.time(list.eventTime()));
    text.append("  ").append(list.userId()).append("  ");
    text.append(list.reason().wireName()).append(": ");
    for (int i = 0; i < list.items().size(); i++) {
      ScoredItem item = list.items().get(i);
      text.append(i == 0 ? "" : ", ").append(item.itemId());
      text.append(String.format(Locale.ROOT, " (%.3f)", item.score()));
    }
    return text.toString();
  }

  /** The first items alone. */
  static String top(RecommendationList list, int items) {
    List<String> first = list.items().stream().limit(items).map(ScoredItem::itemId).toList();
    return String.join(" ", first) + (list.items().size() > items ? " ..." : "");
  }
}

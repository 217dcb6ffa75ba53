// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.schema.CodebookAlarm;
import io.freshet.schema.CodebookDrift;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The alarms of the drift records, from the one that raised them to the one that no longer has
 * them. What is cleared is bounded, the oldest goes first; what stands is bounded by the number of
 * metrics and levels.
 */
final class AlarmLog {
  /** Cleared alarms that are kept. */
  static final int CLEARED = 200;

  private final Map<Key, Entry> standing = new LinkedHashMap<>();
  private final List<Entry> cleared = new ArrayList<>();

  private record Key(String books, String metric, int level) {}

  /**
   * An alarm.
   *
   * @param books whose codes
   * @param alarm as it was told last
   * @param cleared event time of the first record without it, milliseconds; null while it stands
   */
  record Entry(String books, CodebookAlarm alarm, Long cleared) {}

  /** Takes over what a record says of its level. */
  synchronized void add(CodebookDrift drift) {
    List<Key> told = new ArrayList<>();
    for (CodebookAlarm alarm : drift.alarms()) {
      Key key = new Key(drift.books(), alarm.metric(), alarm.level());
      told.add(key);
      Entry before = standing.get(key);
      if (before != null && before.alarm().since() != alarm.since()) {
        // The one before had ended by then; it says not when.
        clear(before, Math.max(before.alarm().since(), alarm.since()));
      }
      standing.put(key, new Entry(drift.books(), alarm, null));
    }
    for (Iterator<Map.Entry<Key, Entry>> all = standing.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Key, Entry> entry = all.next();
      Key key = entry.getKey();
      boolean spokenOf = key.books.equals(drift.books()) && key.level == drift.level();
      if (spokenOf && !told.contains(key)) {
        clear(entry.getValue(), drift.eventTime());
        all.remove();
      }
    }
  }

  private void clear(Entry entry, long time) {
    if (cleared.size() == CLEARED) {
      cleared.remove(0);
    }
    cleared.add(new Entry(entry.books(), entry.alarm(), time));
  }

  /** All, the newest first; those that stand before those that do not. */
  synchronized List<Entry> view() {
    List<Entry> all = new ArrayList<>(standing.values());
    all.sort((a, b) -> Long.compare(b.alarm().since(), a.alarm().since()));
    for (int i = cleared.size() - 1; i >= 0; i--) {
      all.add(cleared.get(i));
    }
    return all;
  }
}

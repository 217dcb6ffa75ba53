// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The hot part of a keyed state, held as objects. A state access costs tens of microseconds, so a
 * value is read once when it becomes hot, and written when it is evicted or before a checkpoint,
 * and only if it changed. Eviction (least recently used first) happens in {@link #trim} alone, so
 * that values handed out stay valid until then.
 *
 * @param <V> a mutable value
 */
final class WriteBackCache<V> {

  /** The durable side. */
  interface Store<V> {
    /** The stored value, or null when there is none. */
    V load(String key) throws Exception;

    void save(String key, V value) throws Exception;

    void delete(String key) throws Exception;
  }

  private static final class Entry<V> {
    final V value;
    boolean dirty;

    Entry(V value) {
      this.value = value;
    }
  }

  private final int capacity;
  private final Store<V> store;
  private final LinkedHashMap<String, Entry<V>> entries = new LinkedHashMap<>(1024, 0.75f, true);
  private long hits;
  private long misses;
  private long evictions;

  /**
   * @param capacity how many values {@link #trim} leaves; at least 1
   */
  WriteBackCache(int capacity, Store<V> store) {
    this.capacity = capacity;
    this.store = store;
  }

  /** The value of a key, read from the store when it is not hot; null when there is none. */
  V get(String key) throws Exception {
    Entry<V> entry = entries.get(key);
    if (entry != null) {
      hits++;
      return entry.value;
    }
    misses++;
    V value = store.load(key);
    if (value != null) {
      entries.put(key, new Entry<>(value));
    }
    return value;
  }

  /** Adds a value that the store does not have yet. */
  void add(String key, V value) {
    Entry<V> entry = new Entry<>(value);
    entry.dirty = true;
    entries.put(key, entry);
  }

  /** Says that the hot value of a key was changed. */
  void changed(String key) {
    entries.get(key).dirty = true;
  }

  /** Forgets a key, here and in the store. */
  void remove(String key) throws Exception {
    entries.remove(key);
    store.delete(key);
  }

  /** The hot values. */
  Iterable<V> hot() {
    return () -> entries.values().stream().map(entry -> entry.value).iterator();
  }

  /**
   * Lets every hot value be changed.
   *
   * @param change says whether it changed the value
   */
  void change(Predicate<V> change) {
    for (Entry<V> entry : entries.values()) {
      entry.dirty |= change.test(entry.value);
    }
  }

  /** Writes every changed value; none stays hot. */
  void clear() throws Exception {
    writeBack();
    entries.clear();
  }

  /** Evicts down to the capacity; writes what had changed. */
  void trim() throws Exception {
    Iterator<Map.Entry<String, Entry<V>>> eldest = entries.entrySet().iterator();
    for (int excess = entries.size() - capacity; excess > 0; excess--) {
      Map.Entry<String, Entry<V>> entry = eldest.next();
      save(entry.getKey(), entry.getValue());
      eldest.remove();
      evictions++;
    }
  }

  /** Writes every changed value; all stay hot. */
  void writeBack() throws Exception {
    for (Map.Entry<String, Entry<V>> entry : entries.entrySet()) {
      save(entry.getKey(), entry.getValue());
    }
  }

  private void save(String key, Entry<V> entry) throws Exception {
    if (entry.dirty) {
      store.save(key, entry.value);
      entry.dirty = false;
    }
  }

  int size() {
    return entries.size();
  }

  long hits() {
    return hits;
  }

  long misses() {
    return misses;
  }

  long evictions() {
    return evictions;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteBackCacheTest {
  private final Map<String, StringBuilder> stored = new HashMap<>();
  private final List<String> accesses = new ArrayList<>();
  private final WriteBackCache<StringBuilder> cache =
      new WriteBackCache<>(
          2,
          new WriteBackCache.Store<>() {
            @Override
            public StringBuilder load(String key) {
              accesses.add("load " + key);
              return stored.get(key);
            }

            @Override
            public void save(String key, StringBuilder value) {
              accesses.add("save " + key);
              stored.put(key, value);
            }

            @Override
            public void delete(String key) {
              accesses.add("delete " + key);
              stored.remove(key);
            }
          });

  @Test
  void readsAHotValueOnce() throws Exception {
    stored.put("a", new StringBuilder("1"));

    assertThat(cache.get("a")).hasToString("1");
    assertThat(cache.get("a")).hasToString("1");

    assertThat(accesses).containsExactly("load a");
    assertThat(cache.hits()).isEqualTo(1);
    assertThat(cache.misses()).isEqualTo(1);
  }

  @Test
  void evictsTheLeastRecentlyUsedAndWritesItOnlyIfItChanged() throws Exception {
    stored.put("clean", new StringBuilder());
    cache.get("clean");
    cache.add("changed", new StringBuilder());
    cache.add("newest", new StringBuilder());
    cache.get("changed");
    accesses.clear();

    cache.trim();
    assertThat(accesses).as("the clean one leaves unwritten").isEmpty();
    assertThat(cache.size()).isEqualTo(2);

    cache.add("another", new StringBuilder());
    cache.trim();
    assertThat(accesses).containsExactly("save newest");
    assertThat(cache.evictions()).isEqualTo(2);
  }

  @Test
  void keepsEveryValueUntilTrimmed() throws Exception {
    for (int i = 0; i < 10; i++) {
      cache.add("k" + i, new StringBuilder());
    }
    assertThat(cache.size()).isEqualTo(10);
    cache.trim();
    assertThat(cache.size()).isEqualTo(2);
    assertThat(stored).hasSize(8);
  }

  @Test
  void writesBackOnceWhatChangedAndKeepsItHot() throws Exception {
    cache.add("a", new StringBuilder());
    cache.writeBack();
    cache.writeBack();
    cache.changed("a");
    cache.writeBack();

    assertThat(accesses).containsExactly("save a", "save a");
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void aRemovedKeyIsGoneFromTheStoreToo() throws Exception {
    cache.add("a", new StringBuilder());
    cache.writeBack();
    cache.remove("a");
    cache.writeBack();

    assertThat(stored).isEmpty();
    assertThat(cache.get("a")).isNull();
  }
}

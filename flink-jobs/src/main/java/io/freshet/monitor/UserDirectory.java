// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.schema.Interaction;
import io.freshet.schema.RecommendationList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists and latest events of a bounded number of users; who was neither active nor looked up for
 * longest is let go.
 */
final class UserDirectory {
  private final int capacity;
  private long letGo;
  private final Map<String, HeldUser> users =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HeldUser> eldest) {
          boolean full = size() > capacity;
          letGo += full ? 1 : 0;
          return full;
        }
      };

  UserDirectory(int capacity) {
    this.capacity = capacity;
  }

  /**
   * A user whose codes begin like another's.
   *
   * @param userId who
   * @param list the current list, with the codes
   */
  record Neighbour(String userId, RecommendationList list) {}

  /**
   * Those who are closest by codes.
   *
   * @param shared how many codes they share with the user, from the first on; 0 for no neighbour
   * @param count how many of the held users do
   * @param users some of them, those with the newest lists first
   */
  record Neighbours(int shared, int count, List<Neighbour> users) {}

  synchronized void add(Interaction event) {
    held(event.userId()).add(event);
  }

  synchronized void put(RecommendationList list) {
    held(list.userId()).put(list);
  }

  /** An erased user leaves this too. */
  synchronized void erase(String userId) {
    users.remove(userId);
  }

  private HeldUser held(String userId) {
    return users.computeIfAbsent(userId, id -> new HeldUser());
  }

  /** What is held of a user; null for nothing. A copy: it stays as it is. */
  synchronized View find(String userId, int mostNeighbours) {
    HeldUser user = users.get(userId);
    return user == null
        ? null
        : new View(user.list(), user.events(), neighbours(userId, user.codes(), mostNeighbours));
  }

  /**
   * What is held of a user.
   *
   * @param list null where none was seen
   * @param events the newest first
   * @param neighbours by codes
   */
  record View(RecommendationList list, List<HeldUser.Event> events, Neighbours neighbours) {}

  private Neighbours neighbours(String userId, int[] codes, int most) {
    int longest = 0;
    List<Neighbour> closest = new ArrayList<>();
    // One pass over the held users: a look-up is rare, and an index would have to follow each list.
    for (Map.Entry<String, HeldUser> entry : users.entrySet()) {
      HeldUser other = entry.getValue();
      int shared = sharedPrefix(codes, other.codes());
      if (shared == 0 || shared < longest || entry.getKey().equals(userId)) {
        continue;
      }
      if (shared > longest) {
        longest = shared;
        closest.clear();
      }
      closest.add(new Neighbour(entry.getKey(), other.list()));
    }
    int count = closest.size();
    closest.sort((a, b) -> Long.compare(b.list().generatedAt(), a.list().generatedAt()));
    return new Neighbours(longest, count, List.copyOf(closest.subList(0, Math.min(most, count))));
  }

  /** How many codes two paths share from the first on. */
  private static int sharedPrefix(int[] one, int[] other) {
    int most = Math.min(one.length, other.length);
    int shared = 0;
    while (shared < most && one[shared] == other[shared]) {
      shared++;
    }
    return shared;
  }

  /** Users whose id begins so, those who were active last first. */
  synchronized List<String> startingWith(String prefix, int most) {
    List<String> found = new ArrayList<>();
    for (String user : users.keySet()) {
      if (user.startsWith(prefix)) {
        found.add(user);
      }
    }
    List<String> latest = new ArrayList<>();
    for (int i = found.size() - 1; i >= 0 && latest.size() < most; i--) {
      latest.add(found.get(i));
    }
    return latest;
  }

  /**
   * How full it is.
   *
   * @param held users
   * @param capacity users at most
   * @param letGo users that were let go so far, each time that they were
   */
  record Fill(int held, int capacity, long letGo) {}

  synchronized Fill fill() {
    return new Fill(users.size(), capacity, letGo);
  }
}

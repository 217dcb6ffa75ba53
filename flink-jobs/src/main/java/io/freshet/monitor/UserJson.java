// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.ScoredItem;

/** What is held of a user, as the page's look-up asks for it. */
final class UserJson {
  private static final int NEIGHBOURS = 10;
  private static final int SHOWN_ITEMS = 5;
  private static final int SUGGESTED = 20;

  private final UserDirectory users;

  UserJson(UserDirectory users) {
    this.users = users;
  }

  /** One user; a message where nothing is held. */
  ObjectNode user(String id) {
    UserDirectory.View view = users.find(id, NEIGHBOURS);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("user_id", id);
    root.put("held", view != null);
    if (view == null) {
      return root.put(
          "message",
          "Nothing is held of user "
              + id
              + ": no event and no list in what this page has read, or let go for others since.");
    }
    if (view.list() == null) {
      root.putNull("list");
    } else {
      putList(root.putObject("list"), view.list());
    }
    putCodes(root, view.list() == null ? RecommendationList.NO_CODES : view.list().codePath());
    ArrayNode events = root.putArray("events");
    for (HeldUser.Event event : view.events()) {
      ObjectNode node = events.addObject();
      node.put("item_id", event.itemId());
      node.put("event_type", event.eventType());
      node.put("timestamp", event.timestamp());
      JsonFigures.put(node, "value", event.value());
    }
    ObjectNode neighbours = root.putObject("neighbours");
    neighbours.put("shared", view.neighbours().shared());
    neighbours.put("count", view.neighbours().count());
    ArrayNode some = neighbours.putArray("users");
    for (UserDirectory.Neighbour neighbour : view.neighbours().users()) {
      ObjectNode node = some.addObject();
      node.put("user_id", neighbour.userId());
      putCodes(node, neighbour.list().codePath());
      ArrayNode items = node.putArray("items");
      neighbour.list().items().stream()
          .limit(SHOWN_ITEMS)
          .map(ScoredItem::itemId)
          .forEach(items::add);
    }
    return root;
  }

  private static void putList(ObjectNode node, RecommendationList list) {
    node.put("event_time", list.eventTime());
    node.put("generated_at", list.generatedAt());
    node.put("reason", list.reason().wireName());
    ArrayNode items = node.putArray("items");
    for (ScoredItem item : list.items()) {
      ObjectNode of = items.addObject();
      of.put("item_id", item.itemId());
      JsonFigures.put(of, "score", item.score());
    }
  }

  private static void putCodes(ObjectNode node, int[] codes) {
    ArrayNode path = node.putArray("code_path");
    for (int code : codes) {
      path.add(code);
    }
  }

  /** Ids that begin so, those who were active last first. */
  ObjectNode startingWith(String prefix) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode ids = root.putArray("users");
    users.startingWith(prefix, SUGGESTED).forEach(ids::add);
    return root;
  }
}

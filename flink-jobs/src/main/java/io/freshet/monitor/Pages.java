// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Answers the page. Only to a browser that asked for this machine by a name of it: a page of
 * somebody else, whose name points here, gets nothing.
 */
final class Pages implements HttpHandler {
  private static final Pattern THIS_MACHINE =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?", Pattern.CASE_INSENSITIVE);
  private static final String JSON = "application/json; charset=utf-8";
  private static final int GZIP_FROM = 1024;

  private final ObjectMapper mapper = new ObjectMapper();
  private final StaticFiles files = new StaticFiles();
  private final StateJson state;
  private final UserJson users;

  Pages(StateJson state, UserJson users) {
    this.state = state;
    this.users = users;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("Cache-Control", "no-store");
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
      String host = exchange.getRequestHeaders().getFirst("Host");
      if (host == null || !THIS_MACHINE.matcher(host).matches()) {
        fault(exchange, 403, "this page is for 127.0.0.1 and localhost only");
      } else if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
        headers.set("Allow", "GET, HEAD");
        fault(exchange, 405, "there is nothing to change here: GET only");
      } else {
        answer(exchange);
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/api/state" -> json(exchange, 200, state.read());
      case "/api/user" -> user(exchange);
      case "/api/users" -> {
        String prefix = parameter(exchange, "prefix");
        json(exchange, 200, users.startingWith(prefix == null ? "" : prefix));
      }
      default -> {
        StaticFiles.File file = files.at(path);
        if (file == null) {
          fault(exchange, 404, "there is no " + path + " here");
        } else {
          send(exchange, 200, file.type(), file.bytes());
        }
      }
    }
  }

  private void user(HttpExchange exchange) throws IOException {
    String id = parameter(exchange, "id");
    if (id == null || id.isEmpty()) {
      fault(exchange, 400, "name a user: /api/user?id=u42");
      return;
    }
    json(exchange, 200, users.user(id));
  }

  private static String parameter(HttpExchange exchange, String name) {
    String query = exchange.getRequestURI().getRawQuery();
    if (query == null) {
      return null;
    }
    for (String pair : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        try {
          return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          return null; // a % that is none
        }
      }
    }
    return null;
  }

  private void fault(HttpExchange exchange, int code, String message) throws IOException {
    json(exchange, code, JsonNodeFactory.instance.objectNode().put("fault", message));
  }

  private void json(HttpExchange exchange, int code, ObjectNode node) throws IOException {
    send(exchange, code, JSON, mapper.writeValueAsBytes(node));
  }

  private static void send(HttpExchange exchange, int code, String type, byte[] bytes)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    byte[] body = bytes;
    String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    if (bytes.length >= GZIP_FROM && accepted != null && accepted.contains("gzip")) {
      headers.set("Content-Encoding", "gzip");
      body = gzip(bytes);
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(code, -1);
      return;
    }
    exchange.sendResponseHeaders(code, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 4);
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}

package io.p2pmining.cli.cluster;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A server that answers as the API does by its own description. */
final class FakeApi implements AutoCloseable {

  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  FakeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          URI uri = exchange.getRequestURI();
          requests.add(uri.toString());
          Answer answer = answers.getOrDefault(uri.getPath(), new Answer(404, "{}"));
          byte[] body = page(answer.body(), uri.getQuery()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    for (String path : List.of("/cluster", "/peers", "/jobs", "/blocks")) {
      answer(path, 200, ApiExamples.of(path).toString());
    }
    answer("/actuator/health", 200, "{\"status\":\"UP\"}");
  }

  /** The part of a list that the query asks for. */
  private static String page(String body, String query) {
    if (query == null || !body.contains("\"items\"")) {
      return body;
    }
    ObjectNode list = (ObjectNode) ApiExamples.json(body);
    int size = Integer.parseInt(query.replaceAll(".*size=(\\d+).*", "$1"));
    int page = Integer.parseInt(query.replaceAll(".*page=(\\d+).*", "$1"));
    JsonNode items = list.path("items");
    list.putArray("items")
        .addAll(
            IntStream.range(page * size, Math.min(items.size(), (page + 1) * size))
                .mapToObj(items::path)
                .toList());
    return list.toString();
  }

  /** From now on a path is answered so. */
  void answer(String path, int status, String body) {
    answers.put(path, new Answer(status, body));
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package io.p2pmining.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST API of a master, as a client in another program sees it. */
final class MasterApi implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int PAGE_SIZE = 100;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final String url;

  MasterApi(int port) {
    this.url = "http://127.0.0.1:" + port;
  }

  /** The status of an answer, whatever its body. */
  int status(String path) {
    return get(path).statusCode();
  }

  /** The health with all that it is made of, whether up or down. */
  JsonNode health() {
    return JsonMapper.shared().readTree(get("/actuator/health").body());
  }

  JsonNode json(String path) {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          "GET " + path + " answered " + response.statusCode() + ": " + response.body());
    }
    return JsonMapper.shared().readTree(response.body());
  }

  /** Everything that a list holds, page by page. */
  List<JsonNode> all(String path) {
    List<JsonNode> items = new ArrayList<>();
    String separator = path.contains("?") ? "&" : "?";
    for (int page = 0; ; page++) {
      JsonNode answer = json(path + separator + "page=" + page + "&size=" + PAGE_SIZE);
      answer.get("items").forEach(items::add);
      if (answer.get("items").isEmpty() || items.size() >= answer.get("totalItems").asInt()) {
        return items;
      }
    }
  }

  /** Posts JSON under a key by which a repeated request is recognised. */
  HttpResponse<String> post(String path, String body, String idempotencyKey) {
    return postWith("Idempotency-Key", idempotencyKey, path, body);
  }

  /** Posts JSON as a part of a trace. */
  HttpResponse<String> postWithin(String traceparent, String path, String body) {
    return postWith("traceparent", traceparent, path, body);
  }

  private HttpResponse<String> postWith(String header, String value, String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)).timeout(LIMIT).build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

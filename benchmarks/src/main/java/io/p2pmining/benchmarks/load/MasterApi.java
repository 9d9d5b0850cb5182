package io.p2pmining.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the run asks of a master by REST. Used by one thread. */
final class MasterApi implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int ERRORS = 400;
  private static final Pattern HEAP =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{[^}]*area=\"heap\"[^}]*} (\\S+)$");
  private static final Pattern BUFFERS =
      Pattern.compile("(?m)^jvm_buffer_memory_used_bytes\\{[^}]*id=\"direct\"[^}]*} (\\S+)$");

  private final URI base;
  private final JsonMapper json = JsonMapper.shared();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  MasterApi(URI base) {
    this.base = base;
  }

  /** Posts a job and answers its id. */
  String post(Map<String, Object> fields) throws InterruptedException {
    JsonNode job =
        json.readTree(
            send("POST", "/jobs", BodyPublishers.ofString(json.writeValueAsString(fields))));
    return job.path("id").asString();
  }

  void cancel(String jobId) throws InterruptedException {
    var unused = send("DELETE", "/jobs/" + jobId, BodyPublishers.noBody());
  }

  /** The bytes of the heap in use, garbage included. */
  double heapBytes() throws InterruptedException {
    return sum(HEAP, metrics());
  }

  /** The bytes in use of the heap and of buffers outside of it. */
  double heapAndBufferBytes() throws InterruptedException {
    String metrics = metrics();
    return sum(HEAP, metrics) + sum(BUFFERS, metrics);
  }

  private String metrics() throws InterruptedException {
    return send("GET", "/actuator/prometheus", BodyPublishers.noBody());
  }

  static double sum(Pattern pattern, String metrics) {
    double sum = 0;
    Matcher matcher = pattern.matcher(metrics);
    while (matcher.find()) {
      sum += Double.parseDouble(matcher.group(1));
    }
    return sum;
  }

  private String send(String method, String path, HttpRequest.BodyPublisher body)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= ERRORS) {
        throw new LoadException(
            "%s %s: status %d: %s".formatted(method, path, response.statusCode(), response.body()));
      }
      return response.body();
    } catch (IOException e) {
      throw new LoadException(
          "the master's API at " + base + " does not answer (" + e + "): check --api", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

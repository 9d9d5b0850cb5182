package io.p2pmining.cli.up;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a master how its cluster does. Owned by one thread; its connections end with {@link #close}.
 */
final class ClusterApi implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  /** The answer; empty if there is none in time. */
  Optional<ClusterStatus> status(String apiUrl) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(apiUrl + "/cluster")).timeout(LIMIT).build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return response.statusCode() == OK
          ? Optional.of(ClusterStatus.of(JsonMapper.shared().readTree(response.body())))
          : Optional.empty();
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}

package io.p2pmining.cli.cluster;

import io.p2pmining.cli.CommandFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a master by REST. What goes wrong is a {@link CommandFailure} with the remedy. Owned by one
 * thread; its connections end with {@link #close}.
 */
public final class MasterApi implements AutoCloseable {

  /** As long as somebody who has asked a question may wait for the answer. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  /** The most items that the API gives at once. */
  private static final int PAGE = 500;

  private static final int OK = 200;
  private static final int FORBIDDEN = 403;

  /** Health is told in full with either. */
  private static final Set<Integer> HEALTH = Set.of(OK, 503);

  private final MasterOption.Choice master;
  private final Duration limit;
  private final HttpClient client;

  public MasterApi(MasterOption.Choice master) {
    this(master, LIMIT);
  }

  /**
   * @param limit how long to wait for a connection, and for an answer
   */
  public MasterApi(MasterOption.Choice master, Duration limit) {
    this.master = master;
    this.limit = limit;
    this.client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(limit).build();
  }

  /**
   * Items of a list and how many there are in all.
   *
   * @param items as the API shows them, in its order
   */
  public record Items(List<JsonNode> items, long total) {}

  /** The root of the API. */
  public URI url() {
    return master.url();
  }

  /** {@code GET /cluster}. */
  public JsonNode cluster() throws InterruptedException {
    JsonNode cluster = get("/cluster", Set.of(OK));
    if (!cluster.has("hashesPerSecond")) {
      throw noMaster("its answer is another one");
    }
    return cluster;
  }

  /** The master's clock, to the second, by an answer of {@link #cluster}. */
  public static Optional<Instant> timeOf(JsonNode cluster) {
    try {
      return Optional.of(
          Instant.parse(cluster.path("startedAt").asString(""))
              .plusSeconds(cluster.path("uptimeSeconds").asLong(0)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The master's health with all components, also where it is not well. */
  public JsonNode health() throws InterruptedException {
    return get("/actuator/health", HEALTH);
  }

  /**
   * The first items of a list.
   *
   * @param path with the query, if any, for example {@code /jobs?state=ACTIVE}
   */
  public Items list(String path, int limit) throws InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    long total = Long.MAX_VALUE;
    int size = Math.min(limit, PAGE);
    for (int page = 0; items.size() < Math.min(limit, total); page++) {
      String query = path.contains("?") ? "&" : "?";
      JsonNode answer = get(path + query + "page=" + page + "&size=" + size, Set.of(OK));
      total = answer.path("totalItems").asLong(0);
      JsonNode found = answer.path("items");
      if (found.isEmpty()) {
        break;
      }
      for (JsonNode item : found) {
        items.add(item);
      }
    }
    return new Items(
        items.subList(0, Math.min(limit, items.size())), Math.max(total, items.size()));
  }

  private JsonNode get(String path, Set<Integer> good) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(master.url() + path))
            .header("Accept", "application/json")
            .timeout(limit)
            .build();
    HttpResponse<byte[]> response = send(request);
    JsonNode body;
    try {
      body = JsonMapper.shared().readTree(response.body());
    } catch (JacksonException e) {
      throw noMaster("its answer has status %d and is no JSON".formatted(response.statusCode()));
    }
    if (good.contains(response.statusCode())) {
      return body;
    }
    throw refused(response.statusCode(), body.path("detail").asString(""));
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (HttpTimeoutException e) {
      throw new CommandFailure(
          "the master at %s does not answer within %d s; try again if the machine is busy (%s)"
              .formatted(url(), limit.toSeconds(), master.hint()));
    } catch (ConnectException e) {
      throw isUnknownHost(e)
          ? new CommandFailure(
              "the name of host %s is not known here; correct --master URL or use its IP address"
                  .formatted(url().getHost()))
          : new CommandFailure("no master answers at %s; %s".formatted(url(), master.hint()));
    } catch (SSLException e) {
      throw new CommandFailure(
          "the certificate or encryption of %s is refused (%s); use http:// unless a proxy encrypts"
              .formatted(url(), e.getMessage()));
    } catch (IOException e) {
      throw noMaster(String.valueOf(e.getMessage()));
    }
  }

  /** Whether a connection failed because nobody knows the name of the host. */
  public static boolean isUnknownHost(ConnectException failure) {
    return failure.getCause() instanceof UnresolvedAddressException
        || failure.getCause() instanceof ConnectException named
            && named.getCause() instanceof UnresolvedAddressException;
  }

  private CommandFailure noMaster(String reason) {
    return new CommandFailure(
        "what listens at %s is no master's REST API (%s); give its address with --master URL: its"
                .formatted(url(), reason)
            + " port is 8080 unless server.port says otherwise, and not the one for workers");
  }

  private CommandFailure refused(int status, String detail) {
    String remedy =
        status == FORBIDDEN
            ? "use an address that it knows, or add this one to p2pmine.master.api.allowed-hosts"
            : "its log says more";
    return new CommandFailure(
        "the master at %s refuses with status %d%s; %s"
            .formatted(url(), status, detail.isEmpty() ? "" : " (" + detail + ")", remedy));
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}

package io.p2pmining.cli.doctor;

import io.p2pmining.cli.cluster.MasterApi;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a Monero node by JSON-RPC, with the digest login that it may want. Each question is a
 * connection of its own.
 *
 * @param url with user and password, if any, before the host
 * @param login {@code user:password} where the URL has none
 */
record NodeProbe(URI url, @Nullable String login) {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String PATH = "/json_rpc";
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;

  /** The node gave no answer to work with; the message says why, the remedy what to do. */
  static final class NodeException extends Exception {

    private static final long serialVersionUID = 1;

    private final String remedy;

    NodeException(String reason, String remedy) {
      super(reason);
      this.remedy = remedy;
    }

    String remedy() {
      return remedy;
    }
  }

  /** The address without the login. */
  String place() {
    return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  /** The result of a method without parameters. */
  JsonNode ask(String method) throws NodeException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build()) {
      return result(answer(client, method));
    } catch (HttpTimeoutException e) {
      throw silent("within " + LIMIT.toSeconds() + " s");
    } catch (ConnectException e) {
      throw MasterApi.isUnknownHost(e)
          ? new NodeException(
              "the name of host " + url.getHost() + " is not known here", "correct the address")
          : silent("there");
    } catch (SSLException e) {
      throw new NodeException(
          "no encrypted connection: " + e.getMessage(),
          "a self-signed certificate is trusted by its fingerprint with"
              + " p2pmine.master.monero.certificate-fingerprints, which is not looked at here");
    } catch (IOException | JacksonException e) {
      throw new NodeException(
          "what answers is no Monero node: " + e.getMessage(),
          "give the address of monerod's RPC, usually port 18081");
    }
  }

  private static NodeException silent(String how) {
    return new NodeException(
        "it does not answer " + how,
        "start monerod, or correct --monerod URL; a node on another machine listens there with"
            + " --rpc-bind-ip and --confirm-external-bind");
  }

  /** The answer to a challenge goes over the connection that it came on, which the client keeps. */
  private HttpResponse<byte[]> answer(HttpClient client, String method)
      throws IOException, NodeException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request(method), BodyHandlers.ofByteArray());
    String given = url.getUserInfo() == null ? login : url.getUserInfo();
    if (response.statusCode() == UNAUTHORIZED && given != null) {
      Optional<String> answer =
          DigestLogin.parse(given)
              .answer(
                  response.headers().allValues("WWW-Authenticate"),
                  "POST",
                  PATH,
                  UUID.randomUUID().toString());
      if (answer.isPresent()) {
        response =
            client.send(
                HttpRequest.newBuilder(request(method), (name, value) -> true)
                    .header("Authorization", answer.get())
                    .build(),
                BodyHandlers.ofByteArray());
      }
    }
    if (response.statusCode() == UNAUTHORIZED) {
      throw new NodeException(
          "it wants another login",
          "give it as http://user:password@host, as in monerod's --rpc-login");
    }
    return response;
  }

  private HttpRequest request(String method) {
    return HttpRequest.newBuilder(URI.create(place() + PATH))
        .timeout(LIMIT)
        .header("Content-Type", "application/json")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"method\":\"%s\"}".formatted(method)))
        .build();
  }

  private static JsonNode result(HttpResponse<byte[]> response) throws IOException {
    if (response.statusCode() != OK) {
      throw new IOException("status " + response.statusCode());
    }
    JsonNode result = JsonMapper.shared().readTree(response.body()).path("result");
    if (!result.isObject()) {
      throw new IOException("its answer has no result");
    }
    return result;
  }
}

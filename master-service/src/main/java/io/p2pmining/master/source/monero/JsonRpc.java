package io.p2pmining.master.source.monero;

import io.p2pmining.master.source.monero.DaemonException.Kind;
import io.p2pmining.master.source.monero.NodeEndpoint.Login;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.auth.DigestSchemeFactory;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.bouncycastle.tls.TlsException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON-RPC 2.0 over HTTP to one daemon. Safe for use by any thread; calls block, never longer than
 * the request timeout, and never take in more than {@link #MAX_RESPONSE_BYTES}. Sends each request
 * once: redirects are not followed and nothing is repeated behind the caller's back, but for the
 * answer to a digest challenge (RFC 7616), which goes over the connection the challenge came on. No
 * other kind of login is offered, since the others would show the password.
 */
final class JsonRpc implements AutoCloseable {

  /** A template lists 32 bytes a transaction, twice in hex: this is room for 30 000 of them. */
  static final int MAX_RESPONSE_BYTES = 4 << 20;

  private static final int MAX_CONNECTIONS = 16;
  private static final int MAX_HEADER_LINE_BYTES = 8192;
  private static final int MAX_HEADER_LINES = 100;
  private static final int MAX_REASON_LENGTH = 200;
  private static final String ID = "0";

  private final JsonMapper json = JsonMapper.builder().build();
  private final NodeEndpoint endpoint;
  private final Duration timeout;
  private final CloseableHttpClient http;
  private volatile boolean closed;

  JsonRpc(NodeEndpoint endpoint, MoneroSettings settings) {
    this.endpoint = endpoint;
    this.timeout = settings.requestTimeout();
    this.http = client(endpoint, settings);
  }

  private static CloseableHttpClient client(NodeEndpoint endpoint, MoneroSettings settings) {
    HttpClientBuilder builder =
        HttpClientBuilder.create()
            .setConnectionManager(connections(settings))
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(timeout(settings.requestTimeout()))
                    .setConnectionRequestTimeout(timeout(settings.requestTimeout()))
                    .setTargetPreferredAuthSchemes(List.of(StandardAuthScheme.DIGEST))
                    .build())
            .setDefaultAuthSchemeRegistry(
                name ->
                    StandardAuthScheme.DIGEST.equalsIgnoreCase(name)
                        ? DigestSchemeFactory.INSTANCE
                        : null)
            .setUserAgent("p2pmine")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression();
    Login login = endpoint.login();
    if (login != null) {
      BasicCredentialsProvider credentials = new BasicCredentialsProvider();
      credentials.setCredentials(
          new AuthScope(endpoint.base().getHost(), endpoint.base().getPort()),
          new UsernamePasswordCredentials(login.user(), login.password().toCharArray()));
      builder.setDefaultCredentialsProvider(credentials);
    }
    return builder.build();
  }

  private static PoolingHttpClientConnectionManager connections(MoneroSettings settings) {
    Http1Config http1 =
        Http1Config.custom()
            .setMaxLineLength(MAX_HEADER_LINE_BYTES)
            .setMaxHeaderCount(MAX_HEADER_LINES)
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setTlsSocketStrategy(CertificateTrust.tls(settings))
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(http1).build())
        .setMaxConnTotal(MAX_CONNECTIONS)
        .setMaxConnPerRoute(MAX_CONNECTIONS)
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(timeout(settings.connectTimeout()))
                .setSocketTimeout(timeout(settings.requestTimeout()))
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build())
        .build();
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.of(duration);
  }

  /**
   * Calls a method and gives its {@code result}.
   *
   * @throws DaemonException if there is none, whatever the reason
   */
  JsonNode call(String method, Object params) throws DaemonException {
    HttpPost request = new HttpPost(endpoint.base() + "/json_rpc");
    byte[] body =
        json.writeValueAsBytes(
            Map.of("jsonrpc", "2.0", "id", ID, "method", method, "params", params));
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    CompletableFuture<Void> deadline =
        CompletableFuture.runAsync(
            request::cancel,
            CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS));
    try {
      return result(http.execute(request, response -> read(request, response)));
    } catch (TooLargeException e) {
      throw malformed("its answer has more than " + MAX_RESPONSE_BYTES + " bytes");
    } catch (IOException e) {
      throw failed(e, request.isCancelled());
    } catch (IllegalStateException e) {
      if (closed) {
        throw new DaemonException(Kind.UNREACHABLE, "the connection to it is closed");
      }
      throw e;
    } finally {
      deadline.cancel(false);
    }
  }

  private static Answer read(HttpPost request, ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new Answer(response.getCode(), new byte[0]);
    }
    InputStream in = entity.getContent();
    byte[] body = in.readNBytes(MAX_RESPONSE_BYTES + 1);
    if (body.length > MAX_RESPONSE_BYTES) {
      // Closing the stream instead would read on to its end.
      request.cancel();
      throw new TooLargeException();
    }
    return new Answer(response.getCode(), body);
  }

  private JsonNode result(Answer answer) throws DaemonException {
    if (answer.status == HttpStatus.SC_UNAUTHORIZED) {
      throw new DaemonException(
          Kind.UNAUTHORIZED,
          endpoint.login() == null
              ? "it asks for a login: set p2pmine.master.monero.login to user:password"
              : "it refuses the login: correct p2pmine.master.monero.login");
    }
    if (answer.status != HttpStatus.SC_OK) {
      throw malformed("it answers with HTTP status " + answer.status + ", as no Monero node does");
    }
    JsonNode root = parse(answer.body);
    JsonNode error = root.path("error");
    if (error.isObject()) {
      throw refusal(error);
    }
    JsonNode result = root.path("result");
    if (!result.isObject()) {
      throw malformed("its answer is no JSON-RPC response");
    }
    return result;
  }

  private JsonNode parse(byte[] body) throws DaemonException {
    try {
      JsonNode root = json.readTree(body);
      if (root != null) {
        return root;
      }
    } catch (JacksonException e) {
      // What was sent instead of JSON must not reach a log: it may be anything.
    }
    throw malformed("its answer is no JSON");
  }

  private static DaemonException refusal(JsonNode error) {
    int code = error.path("code").asInt(0);
    String message = printable(error.path("message").asString(""));
    Kind kind = code == MoneroDaemon.ERROR_BUSY ? Kind.BUSY : Kind.REFUSED;
    return new DaemonException(kind, "it says “" + message + "” (" + code + ")", code, null);
  }

  /** A text from outside, fit for one line of a log. */
  private static String printable(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ").strip();
    return line.length() <= MAX_REASON_LENGTH ? line : line.substring(0, MAX_REASON_LENGTH) + "…";
  }

  static DaemonException malformed(String reason) {
    return new DaemonException(Kind.MALFORMED, reason);
  }

  private DaemonException failed(IOException cause, boolean outOfTime) {
    String late = "no answer within " + timeout.toMillis() + " ms";
    return switch (cause) {
      case SSLException e -> untrusted(e);
      case TlsException e -> untrusted(e);
      case UnknownHostException e -> unreachable("the host is unknown", e);
      case ConnectException e -> unreachable("connection refused", e);
      case ConnectTimeoutException e -> unreachable("no connection in time", e);
      case InterruptedIOException e -> unanswered(late, e);
      default -> unanswered(outOfTime ? late : "the connection broke", cause);
    };
  }

  /** Bouncy Castle, which is used for pinned certificates, has exceptions of its own. */
  private static DaemonException untrusted(IOException cause) {
    return unreachable("no trusted TLS connection (" + printable(reasonOf(cause)) + ")", cause);
  }

  private static DaemonException unreachable(String reason, IOException cause) {
    return new DaemonException(Kind.UNREACHABLE, reason, 0, cause);
  }

  private static DaemonException unanswered(String reason, IOException cause) {
    return new DaemonException(Kind.UNANSWERED, reason, 0, cause);
  }

  private static String reasonOf(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null ? deepest.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    closed = true;
    http.close(CloseMode.IMMEDIATE);
  }

  private record Answer(int status, byte[] body) {}

  private static final class TooLargeException extends IOException {}
}

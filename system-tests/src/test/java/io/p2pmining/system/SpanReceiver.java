package io.p2pmining.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Takes spans as a collector does, by OTLP over HTTP on loopback, and keeps what it is sent as
 * hexadecimal digits. Safe for use by any thread.
 */
final class SpanReceiver implements AutoCloseable {

  private static final String PATH = "/v1/traces";

  private final HttpServer server;

  // Guarded by this.
  private final List<String> bodies = new ArrayList<>();

  SpanReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(PATH, this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = HexFormat.of().formatHex(exchange.getRequestBody().readAllBytes());
      synchronized (this) {
        bodies.add(body);
      }
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** Where services send spans to. */
  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  /** Whether a service sent a span of this name in one message with this trace's id. */
  synchronized boolean has(String service, String span, String traceId) {
    return bodies.stream()
        .anyMatch(
            body ->
                body.contains(text(service))
                    && body.contains(text(span))
                    && body.contains(traceId));
  }

  /** A text as Protocol Buffers write it: its length, then its characters. */
  private static String text(String text) {
    byte[] characters = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().toHexDigits((byte) characters.length)
        + HexFormat.of().formatHex(characters);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

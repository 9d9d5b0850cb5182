package io.p2pmining.master.source.monero;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A daemon on loopback that answers as it is told: by default like a healthy one with a tip that
 * the test sets, over templates recorded from a real one. Safe for use by any thread.
 */
final class ScriptedDaemon implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The previous id of the recorded templates. */
  static final String RECORDED_TIP = recorded(0).path("result").path("prev_hash").asString();

  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final int port;
  private volatile HttpServer server;
  private volatile ExecutorService executor;
  private volatile long height;
  private volatile String tip = "";

  /** Sends an answer to a request. */
  @FunctionalInterface
  interface Reply {
    void send(HttpExchange exchange, JsonNode request) throws IOException;
  }

  ScriptedDaemon() throws IOException {
    this(0);
  }

  private ScriptedDaemon(int port) throws IOException {
    tip(363, RECORDED_TIP);
    listen(port);
    this.port = server.getAddress().getPort();
    condition("mainnet", true);
    reply("get_last_block_header", (exchange, _) -> header(height, tip).send(exchange, null));
    reply("get_block_template", (exchange, _) -> template(0).send(exchange, null));
  }

  private void listen(int wanted) throws IOException {
    executor = Executors.newVirtualThreadPerTaskExecutor();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
    server.setExecutor(executor);
    server.createContext("/json_rpc", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    JsonNode request;
    try (InputStream in = exchange.getRequestBody()) {
      request = JSON.readTree(in.readAllBytes());
    }
    requests.add(request);
    String method = request.path("method").asString();
    replies.getOrDefault(method, error(-32601, "Method not found")).send(exchange, request);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Sets the block at the tip; templates are for the next height. */
  void tip(long newHeight, String id) {
    height = newHeight;
    tip = id;
  }

  /** What get_info says. */
  void condition(String network, boolean synchronised) {
    reply(
        "get_info",
        (exchange, _) ->
            result(
                    """
                    {"nettype": "%s", "height": %d, "target_height": %d, "synchronized": %s}"""
                        .formatted(network, height + 1, 1000, synchronised))
                .send(exchange, null));
  }

  void reply(String method, Reply reply) {
    replies.put(method, reply);
  }

  /** Every method answers so. */
  void replyToAll(Reply reply) {
    replies.replaceAll((_, _) -> reply);
  }

  /** The requests so far, in order. */
  List<JsonNode> requests() {
    return List.copyOf(requests);
  }

  /** How many requests there were for a method. */
  long requests(String method) {
    return requests.stream().filter(r -> r.path("method").asString().equals(method)).count();
  }

  /** A result without its status, which is added. */
  static Reply result(String json) {
    return status("OK", json);
  }

  /** A result with this status. */
  static Reply status(String status, String json) {
    return body(
        "{\"jsonrpc\": \"2.0\", \"id\": \"0\", \"result\": %s}"
            .formatted(
                json.replaceFirst("\\{", "{\"status\": \"" + status + "\", ").replace(", }", "}")));
  }

  static Reply busy() {
    return body("{\"jsonrpc\": \"2.0\", \"id\": \"0\", \"result\": {\"status\": \"BUSY\"}}");
  }

  static Reply error(int code, String message) {
    return body(
        "{\"jsonrpc\": \"2.0\", \"id\": \"0\", \"error\": {\"code\": %d, \"message\": \"%s\"}}"
            .formatted(code, message));
  }

  static Reply header(long height, String id) {
    return result("{\"block_header\": {\"height\": %d, \"hash\": \"%s\"}}".formatted(height, id));
  }

  /** The recorded template with so many transactions, over this daemon's tip. */
  Reply template(int transactions) {
    JsonNode recorded = recorded(transactions).path("result");
    String json =
        recorded
            .toString()
            .replace(RECORDED_TIP, tip)
            .replace("\"height\":364", "\"height\":" + (height + 1));
    return body("{\"jsonrpc\": \"2.0\", \"id\": \"0\", \"result\": " + json + "}");
  }

  static Reply body(String text) {
    return (exchange, _) -> send(exchange, 200, text);
  }

  static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** Says nothing until the daemon is closed. */
  Reply silence() {
    return (exchange, _) -> {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
    };
  }

  /** Breaks the connection instead of answering. */
  static Reply disconnect() {
    return (exchange, _) -> exchange.close();
  }

  /** A recorded answer to get_block_template. */
  static JsonNode recorded(int transactions) {
    String name = "template-with-" + transactions + "-transactions.json";
    try (InputStream in = ScriptedDaemon.class.getResourceAsStream(name)) {
      return JSON.readTree(in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + name, e);
    }
  }

  /** Stops listening. */
  void stop() {
    server.stop(0);
    executor.shutdownNow();
  }

  /** Listens again on the same port. */
  void restart() throws IOException {
    listen(port);
  }

  @Override
  public void close() {
    closed.countDown();
    stop();
  }
}

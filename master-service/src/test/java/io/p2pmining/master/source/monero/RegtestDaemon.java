package io.p2pmining.master.source.monero;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real {@code monerod --regtest} on loopback with its data in a given directory. It can be
 * stopped and started again on the same port. Depends on nothing but the JDK, Jackson and JUnit, so
 * that other modules can take it as it is. Used by one thread.
 */
public final class RegtestDaemon implements AutoCloseable {

  private static final String COMMAND = "monerod";
  private static final String REQUIRED = "P2PMINE_REQUIRE_MONEROD";
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> command = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private final Path directory;
  private final int rpcPort;
  private String tls = "disabled";
  private Process process;

  /** A daemon that is not running yet, on free ports. */
  public RegtestDaemon(Path directory) throws IOException {
    this.directory = directory;
    this.rpcPort = freePort();
    command.addAll(List.of(COMMAND, "--regtest", "--offline", "--non-interactive", "--no-igd"));
    command.addAll(List.of("--no-zmq", "--hide-my-port", "--disable-rpc-ban"));
    command.addAll(List.of("--data-dir", directory.resolve("chain").toString()));
    command.addAll(List.of("--rpc-bind-ip", "127.0.0.1", "--rpc-bind-port", "" + rpcPort));
    command.addAll(List.of("--p2p-bind-ip", "127.0.0.1", "--p2p-bind-port", "" + freePort()));
  }

  /** Skips the tests where there is no monerod on the path, or fails where there has to be one. */
  public static void need() {
    boolean isInstalled =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, COMMAND)));
    if (!isInstalled) {
      String sentence = COMMAND + " is not on the path (Debian package: monero)";
      if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
        fail(sentence + ", but " + REQUIRED + " is set");
      }
      abort(sentence);
    }
  }

  /** Every block takes so many hashes on average. */
  public RegtestDaemon withDifficulty(long difficulty) {
    return withOptions("--fixed-difficulty", Long.toString(difficulty));
  }

  /** The RandomX key changes every so many blocks, so many blocks late. */
  public RegtestDaemon withSeedEpochs(int blocks, int lag) {
    environment.put("SEEDHASH_EPOCH_BLOCKS", Integer.toString(blocks));
    environment.put("SEEDHASH_EPOCH_LAG", Integer.toString(lag));
    return this;
  }

  /** Takes TLS connections only, with a certificate of its own unless the options give one. */
  public RegtestDaemon withTls() {
    tls = "enabled";
    return this;
  }

  public RegtestDaemon withOptions(String... options) {
    command.addAll(List.of(options));
    return this;
  }

  /** Starts it and waits until it takes connections. */
  public RegtestDaemon start() throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    // Left to itself it makes a 4096-bit key at every start, which takes seconds.
    builder.command().addAll(List.of("--rpc-ssl", tls));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(directory.resolve("monerod.out").toFile()));
    process = builder.start();
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!takesConnections()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        stop();
        throw new IOException("monerod did not start; see " + directory.resolve("monerod.out"));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return this;
  }

  private boolean takesConnections() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), rpcPort), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it as an operator would, so that its chain is intact when it is started again. */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  public int rpcPort() {
    return rpcPort;
  }

  public String url() {
    return "http://127.0.0.1:" + rpcPort;
  }

  /** The file in the data directory of this chain. */
  public Path file(String name) {
    return directory.resolve("chain").resolve(name);
  }

  /** Calls a method of a daemon without login and TLS. */
  public JsonNode call(String method, Object params) throws IOException, InterruptedException {
    byte[] body =
        json.writeValueAsBytes(
            Map.of("jsonrpc", "2.0", "id", "0", "method", method, "params", params));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/json_rpc"))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    JsonNode answer =
        json.readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    if (!answer.path("result").isObject()) {
      throw new IOException(method + " failed: " + answer);
    }
    return answer.path("result");
  }

  /** How many blocks the chain has. */
  public long height() throws IOException, InterruptedException {
    return call("get_block_count", Map.of()).path("count").asLong();
  }

  /** The id of the main chain's block at this height, in hex. */
  public String blockId(long height) throws IOException, InterruptedException {
    return call("get_block_header_by_height", Map.of("height", height))
        .path("block_header")
        .path("hash")
        .asString();
  }

  /** Lets the daemon itself add blocks. */
  public void generate(String wallet, int blocks) throws IOException, InterruptedException {
    call("generateblocks", Map.of("wallet_address", wallet, "amount_of_blocks", blocks));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Kills it: nobody needs the chain any more. */
  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
    http.close();
  }
}

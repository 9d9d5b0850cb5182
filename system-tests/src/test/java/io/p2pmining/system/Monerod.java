package io.p2pmining.system;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Monero daemon with a chain of its own, on which every block has the same difficulty and
 * the key changes every few blocks. It can be stopped and started again on the same chain.
 */
final class Monerod implements AutoCloseable {

  /** Short epochs: the first block under a new key is the one at height 13. */
  static final int FIRST_HEIGHT_OF_NEXT_KEY = 13;

  private static final Map<String, String> SHORT_EPOCHS =
      Map.of("SEEDHASH_EPOCH_BLOCKS", "8", "SEEDHASH_EPOCH_LAG", "4");

  private static final String REQUIRED = "P2PMINE_REQUIRE_MONEROD";
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration RPC_LIMIT = Duration.ofSeconds(10);

  private final Processes processes;
  private final Path executable;
  private final Path data;
  private final int difficulty;
  private final int rpcPort = freePort();
  private final int p2pPort = freePort();
  private final int zmqPort = freePort();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(RPC_LIMIT).build();
  private RunningProgram program;

  private Monerod(Processes processes, Path executable, int difficulty) throws IOException {
    this.processes = processes;
    this.executable = executable;
    this.data = Files.createDirectories(processes.directory().resolve("monerod"));
    this.difficulty = difficulty;
    this.program = launch();
  }

  /** Starts a daemon, or skips the test where there is none to start. */
  static Monerod start(Processes processes, int difficulty) throws IOException {
    return new Monerod(processes, executable(), difficulty);
  }

  private static Path executable() {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, "monerod"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(
            () ->
                Boolean.parseBoolean(System.getenv(REQUIRED))
                    ? fail("monerod is not on the path, but " + REQUIRED + " is set")
                    : abort("monerod is not on the path (Debian package: monero)"));
  }

  private RunningProgram launch() throws IOException {
    RunningProgram started =
        processes.start(
            "monerod",
            SHORT_EPOCHS,
            List.of(
                executable.toString(),
                "--regtest",
                "--offline",
                "--keep-fakechain",
                "--fixed-difficulty=" + difficulty,
                "--data-dir=" + data,
                "--rpc-bind-ip=127.0.0.1",
                "--rpc-bind-port=" + rpcPort,
                "--zmq-rpc-bind-port=" + zmqPort,
                "--p2p-bind-ip=127.0.0.1",
                "--p2p-bind-port=" + p2pPort,
                "--no-igd",
                "--hide-my-port",
                "--disable-rpc-ban",
                "--non-interactive"));
    await("the daemon answers")
        .atMost(START_LIMIT)
        .ignoreExceptions()
        .until(() -> call("get_info", "{}").get("synchronized").asBoolean());
    return started;
  }

  String url() {
    return "http://127.0.0.1:" + rpcPort;
  }

  /** Ends the daemon; its chain stays. */
  void stop() throws InterruptedException {
    program.terminate(STOP_LIMIT);
  }

  /** Starts it again on its chain. */
  void startAgain() throws IOException {
    program = launch();
  }

  JsonNode header(long height) throws IOException, InterruptedException {
    return call("get_block_header_by_height", "{\"height\":" + height + "}").get("block_header");
  }

  /** The height of the next block. */
  long height() throws IOException, InterruptedException {
    return call("get_info", "{}").get("height").asLong();
  }

  private JsonNode call(String method, String parameters) throws IOException, InterruptedException {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"method\":\"%s\",\"params\":%s}"
            .formatted(method, parameters);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/json_rpc"))
            .timeout(RPC_LIMIT)
            .POST(BodyPublishers.ofString(body))
            .build();
    JsonNode answer =
        JsonMapper.shared().readTree(client.send(request, BodyHandlers.ofString()).body());
    if (!answer.has("result")) {
      throw new IllegalStateException(method + " answered " + answer);
    }
    return answer.get("result");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

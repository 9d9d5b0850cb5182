package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A master in a process of its own, on free ports. */
final class MasterProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final Processes processes;
  private final Installation installation;
  private final RunningProgram program;
  private final MasterApi api;
  private final int httpPort;
  private final int p2pPort;

  private MasterProcess(
      Processes processes, Installation installation, RunningProgram program, JsonNode runtime) {
    this.processes = processes;
    this.installation = installation;
    this.program = program;
    this.httpPort = runtime.get("httpPort").asInt();
    this.api = new MasterApi(httpPort);
    this.p2pPort = runtime.get("p2pPort").asInt();
  }

  /** Starts one with further options of {@code p2pmine master}, and waits until it is ready. */
  static MasterProcess start(Processes processes, Installation installation, String... options)
      throws IOException {
    Path data = processes.directory().resolve("master");
    List<String> words =
        installation.command(
            "master", "--data", data.toString(), "--http-port", "0", "--p2p-port", "0");
    words.addAll(List.of(options));
    RunningProgram program = processes.start("master", Map.of(), words);
    Path runtime = data.resolve("master.json");
    await("the master is ready")
        .atMost(START_LIMIT)
        .until(
            () -> {
              assertThat(program.process().isAlive()).as("the master runs").isTrue();
              return Files.exists(runtime);
            });
    return new MasterProcess(
        processes,
        installation,
        program,
        JsonMapper.shared().readTree(Files.readAllBytes(runtime)));
  }

  /** Starts a worker of this master with one hashing thread, in light mode. */
  RunningProgram startWorker(String name, String... options) throws IOException {
    List<String> words =
        installation.command(
            "worker",
            "--master",
            "127.0.0.1:" + p2pPort,
            "--threads",
            "1",
            "--name",
            name,
            "--data",
            processes.directory().resolve(name).toString(),
            "--set",
            "p2pmine.worker.http.port=0",
            // Several of them start at once, and a dataset takes long on few cores.
            "--set",
            "p2pmine.worker.mode=light",
            // Nothing but the test is to be waited for.
            "--set",
            "p2pmine.worker.niceness=0");
    words.addAll(List.of(options));
    return processes.start(name, Map.of(), words);
  }

  int httpPort() {
    return httpPort;
  }

  RunningProgram program() {
    return program;
  }

  MasterApi api() {
    return api;
  }

  /** The peer of this name, which must be known. */
  JsonNode peer(String name) {
    return api.all("/peers").stream()
        .filter(peer -> peer.get("name").asString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no peer is called " + name));
  }

  /** The peer's units in one state. */
  List<JsonNode> units(String peerId, String state) {
    return api.all("/workunits?state=" + state + "&peer=" + peerId);
  }

  /** The units that the peer holds now. */
  List<JsonNode> unitsInHand(String peerId) {
    List<JsonNode> units = new ArrayList<>(units(peerId, "ASSIGNED"));
    units.addAll(units(peerId, "COMPUTING"));
    return units;
  }

  List<JsonNode> acceptedBlocks() {
    return api.all("/blocks?outcome=ACCEPTED");
  }

  /** No share of anyone was rejected for any reason. */
  void assertNoShareRejected() {
    JsonNode shares = api.json("/cluster").get("shares");
    assertThat(shares.get("rejected").asLong()).as("rejected shares: %s", shares).isZero();
    for (JsonNode peer : api.all("/peers")) {
      assertThat(peer.get("sharesRejected").isEmpty()).as("rejected: %s", peer).isTrue();
    }
  }

  @Override
  public void close() {
    api.close();
  }
}

package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.awaitility.core.ConditionFactory;

/** A master that ends and starts again, each time with the same files on the same ports. */
final class RestartedMaster implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final int TERMINATED = 143;
  private static final int HTTP_OK = 200;

  /**
   * Below the ports that systems give to outgoing connections: a worker that tries to reach a dead
   * master on a port of those can be connected to itself, and then keeps the port.
   */
  private static final int FIRST_PORT = 20_000;

  private static final int LAST_PORT = 30_000;

  private final Processes processes;
  private final MasterProgram program;
  private final Path data;
  private final List<String> settings;
  private final int httpPort;
  private final int p2pPort;
  private final MasterApi api;
  private RunningProgram running;

  /** Starts it; {@link #awaitReady} tells when it is there. */
  RestartedMaster(
      Processes processes,
      MasterProgram program,
      RandomGenerator random,
      Path data,
      List<String> settings)
      throws IOException {
    this.processes = processes;
    this.program = program;
    this.data = data;
    this.settings = List.copyOf(settings);
    this.httpPort = freePort(random);
    this.p2pPort = freePort(random);
    this.api = new MasterApi(httpPort);
    this.running = launch();
  }

  private static int freePort(RandomGenerator random) {
    while (true) {
      int port = random.nextInt(FIRST_PORT, LAST_PORT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Somebody has it: another one.
      }
    }
  }

  private RunningProgram launch() throws IOException {
    return processes.start("master", Map.of(), program.command(data, httpPort, p2pPort, settings));
  }

  /** Starts it again after its end. */
  void startAgain() throws IOException {
    assertThat(running.process().isAlive()).as("the former process has ended").isFalse();
    running = launch();
  }

  /** SIGKILL: whatever it was doing, it does not finish it. */
  void kill() {
    running.kill();
  }

  /** Ends it in order. */
  void stop() throws InterruptedException {
    assertThat(running.terminate(STOP_LIMIT)).as("the master ends in order").isEqualTo(TERMINATED);
  }

  void awaitReady() {
    awaiting("the master is ready").until(this::isReady);
  }

  /** What waits for something of this master, which must stay alive meanwhile. */
  ConditionFactory awaiting(String what) {
    return await(what)
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .failFast("the master has ended", () -> !running.process().isAlive());
  }

  boolean isReady() {
    try {
      return api.status("/actuator/health/readiness") == HTTP_OK;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Why it is not ready: the reason that the health of its store gives; empty if there is none. */
  String storeTrouble() {
    return api.health().at("/components/store/details/reason").asString("");
  }

  MasterApi api() {
    return api;
  }

  /** Where workers connect to. */
  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), p2pPort);
  }

  @Override
  public void close() {
    running.kill();
    api.close();
  }
}

package io.p2pmining.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.p2pmining.cli.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals to send")
class UpCommandTest {

  /** A process that a signal ended has this and the signal's number as its status. */
  private static final int SIGNAL_STATUS = 128;

  private static final int SIGTERM_STATUS = 143;

  /** A well-formed main network address that nobody holds a key for. */
  private static final String WALLET =
      "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";

  @TempDir Path directory;

  @Test
  void startsAMasterAndWorkersAndEndsThemOnSigterm() throws Exception {
    try (UpProcess up = new UpProcess(directory, "--workers", "2", "--threads", "3")) {
      up.await("workers", () -> !up.worker(1).isEmpty() && !up.worker(2).isEmpty());
      List<ProcessHandle> children = up.children();
      assertThat(children).hasSize(3);

      up.process().destroy();

      assertThat(up.awaitEnd()).isEqualTo(SIGTERM_STATUS);
      assertThat(children).noneMatch(ProcessHandle::isAlive);
      assertThat(up.err()).isEmpty();
      assertThat(up.out().lines().map(line -> line.replaceAll(":\\d{4,}", ":PORT")))
          .contains(
              "data  " + up.data(),
              "logs  " + up.data().resolve("logs"),
              "page  http://127.0.0.1:PORT/",
              "API   http://127.0.0.1:PORT/cluster",
              "P2P   127.0.0.1:PORT",
              "worker-1: hello from a worker",
              "worker-2: hello from a worker",
              "stopped");
      assertThat(up.worker(1))
          .as("several that tune would disturb each other")
          .contains("--p2pmine.up.tune=off")
          .contains("--p2pmine.up.tuning-file=" + up.data().resolve("tuning.json"));
      assertThat(up.worker(2))
          .contains(
              "--p2pmine.worker.threads=3",
              "--p2pmine.worker.name=worker-2",
              "--p2pmine.up.shared-directory=" + up.data().resolve("shared").toAbsolutePath(),
              "--p2pmine.up.shared-threads=6",
              "--logging.file.name=" + up.data().resolve("logs/worker-2.log"));
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "HUP, 129"})
  void endsItsChildrenOnOtherSignalsToo(String signal, int status) throws Exception {
    assumeFalse(isIgnored(status - SIGNAL_STATUS), "inherited as ignored, as from nohup");
    try (UpProcess up = new UpProcess(directory)) {
      up.await("a worker", () -> !up.worker(1).isEmpty());
      List<ProcessHandle> children = up.children();

      send(signal, up.process().toHandle());

      assertThat(up.awaitEnd()).isEqualTo(status);
      assertThat(children).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void leavesNoOrphansWhenItIsKilled() throws Exception {
    try (UpProcess up = new UpProcess(directory)) {
      up.await("a worker", () -> !up.worker(1).isEmpty());
      List<ProcessHandle> children = up.children();
      try {
        up.process().destroyForcibly();
        up.awaitEnd();

        for (ProcessHandle child : children) {
          child.onExit().get(UpProcess.LIMIT_SECONDS, TimeUnit.SECONDS);
        }
      } finally {
        children.forEach(ProcessHandle::destroyForcibly);
      }
    }
  }

  @Test
  void killsAChildThatDoesNotEnd() throws Exception {
    try (UpProcess up = new UpProcess(directory, "--set", "fake.deaf=true")) {
      up.await("a worker", () -> !up.worker(1).isEmpty());
      ProcessHandle worker = up.workerProcess(1);

      up.process().destroy();

      assertThat(up.awaitEnd()).isEqualTo(SIGTERM_STATUS);
      assertThat(worker.isAlive()).isFalse();
      assertThat(up.out()).contains("worker-1 does not end, so it is killed");
    }
  }

  @Test
  void startsAWorkerThatDiedAgain() throws Exception {
    try (UpProcess up = new UpProcess(directory)) {
      up.await("a worker", () -> !up.worker(1).isEmpty());
      ProcessHandle first = up.workerProcess(1);

      first.destroyForcibly();

      up.await("another worker", () -> !up.worker(1).getFirst().equals("" + first.pid()));
      assertThat(up.out()).contains("worker-1 ended with status 137; it starts again in 1 s");
    }
  }

  @Test
  void endsWithTheReasonOfAMasterThatRefusesToStart() throws Exception {
    try (UpProcess up =
        new UpProcess(directory, "--set", "fake.refusal=it is too late; go home.")) {
      assertThat(up.awaitEnd()).isEqualTo(1);
      assertThat(up.err()).isEqualTo("p2pmine up: master cannot start: it is too late; go home.\n");
      assertThat(up.worker(1)).isEmpty();
    }
  }

  @Test
  void refusesADataDirectoryInUse() throws Exception {
    try (UpProcess up = new UpProcess(directory)) {
      up.await("a worker", () -> !up.worker(1).isEmpty());

      CommandRun second = CommandRun.of("up", "--data", up.data().toString());

      assertThat(second.status()).isEqualTo(1);
      assertThat(second.errLines()).hasSize(1);
      assertThat(second.err()).contains("a cluster runs on " + up.data() + " already");
    }
  }

  @ParameterizedTest
  @CsvSource({"--http-port, the API", "--p2p-port, workers"})
  void refusesATakenPort(String option, String purpose) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = "" + taken.getLocalPort();
      String other = option.equals("--http-port") ? "--p2p-port" : "--http-port";

      CommandRun run = up(option, port, other, "0");

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.errLines()).hasSize(1);
      assertThat(run.err())
          .startsWith("p2pmine up: port " + port + " for " + purpose + " cannot be used")
          .contains("choose another with " + option);
    }
  }

  @Test
  void refusesAWalletAddressWithATypingError() {
    CommandRun run =
        up("--monerod", "http://127.0.0.1:1", "--wallet", WALLET.replace("Aem", "Aen"));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(2);
    assertThat(run.errLines().getFirst()).contains("--wallet").contains("checksum");
  }

  @Test
  void refusesANodeWithoutAWallet() {
    CommandRun run = up("--monerod", "http://127.0.0.1:1");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst()).contains("--monerod needs --wallet");
  }

  @Test
  void refusesAWalletWithoutANode() {
    CommandRun run = up("--wallet", WALLET);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst()).contains("--wallet needs --monerod");
  }

  @Test
  void refusesOnePortForBoth() {
    CommandRun run = up("--http-port", "9000", "--p2p-port", "9000");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst()).contains("must differ");
  }

  @Test
  void refusesADataDirectoryThatCannotBe() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    CommandRun run = CommandRun.of("up", "--data", file.resolve("data").toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).contains("cannot be written");
  }

  @ParameterizedTest
  @CsvSource({"--workers, 0", "--threads, -1", "--http-port, 65536", "--p2p-port, x"})
  void refusesNumbersOutOfRange(String option, String value) {
    CommandRun run = up(option, value);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst()).contains(option).contains("'" + value + "' is not");
  }

  private CommandRun up(String... options) {
    String[] args = new String[options.length + 3];
    System.arraycopy(new String[] {"up", "--data", directory.toString()}, 0, args, 0, 3);
    System.arraycopy(options, 0, args, 3, options.length);
    return CommandRun.of(args);
  }

  /** Whether this process, and so every process it starts, ignores a signal. */
  private static boolean isIgnored(int signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(ignored, 16) >> (signal - 1) & 1) != 0;
  }

  private static void send(String signal, ProcessHandle process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
  }
}

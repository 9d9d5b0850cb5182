package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class MoneroMiningIT {

  /** A block every few seconds at the light rate of the interpreter on two threads. */
  private static final int DIFFICULTY = 30;

  private static final int BLOCKS = 16;
  private static final int BLOCKS_BETWEEN_FAULTS = 4;

  /** Generous: a machine that builds something else at the same time is slow. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private static final int HTTP_OK = 200;
  private static final int HTTP_UNAVAILABLE = 503;

  /** A well-formed main network address that nobody holds a key for. */
  private static final String WALLET =
      "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";

  @RegisterExtension final Processes processes = new Processes();
  private Installation installation;

  @BeforeEach
  void install() throws IOException {
    installation = Installation.in(processes.directory().resolve("installation"));
  }

  @Test
  void minesBlocksAcrossAKeyChangeWhileWorkersAndTheDaemonFail() throws Exception {
    try (Monerod daemon = Monerod.start(processes, DIFFICULTY);
        MasterProcess master =
            MasterProcess.start(
                processes, installation, "--monerod", daemon.url(), "--wallet", WALLET)) {
      RunningProgram survivor = master.startWorker("survivor");
      RunningProgram victim = master.startWorker("victim");
      awaitMoreBlocks(master, BLOCKS_BETWEEN_FAULTS);

      killWorkerWithAUnitInHand(master, victim);
      awaitMoreBlocks(master, BLOCKS_BETWEEN_FAULTS);

      stopAndStartAgain(daemon, master);
      master.startWorker("newcomer");
      awaitMoreBlocks(master, BLOCKS_BETWEEN_FAULTS);
      await("enough blocks, past the change of keys")
          .atMost(LIMIT)
          .until(
              () ->
                  master.acceptedBlocks().size() >= BLOCKS
                      && highest(master.acceptedBlocks()) > Monerod.FIRST_HEIGHT_OF_NEXT_KEY);

      assertThatBlocksAreThoseOfTheChain(master.acceptedBlocks(), daemon);
      master.assertNoShareRejected();
      assertThat(survivor.terminate(STOP_LIMIT)).isEqualTo(143);
      assertThat(master.program().terminate(STOP_LIMIT)).isEqualTo(143);
    }
  }

  private static void awaitMoreBlocks(MasterProcess master, int count) {
    int before = master.acceptedBlocks().size();
    await(count + " blocks more than " + before)
        .atMost(LIMIT)
        .until(() -> master.acceptedBlocks().size() >= before + count);
  }

  private static void killWorkerWithAUnitInHand(MasterProcess master, RunningProgram worker) {
    String id = master.peer(worker.name()).get("id").asString();
    await("the worker holds a unit").atMost(LIMIT).until(() -> !master.unitsInHand(id).isEmpty());
    List<Long> held = master.unitsInHand(id).stream().map(unit -> unit.get("id").asLong()).toList();

    worker.process().destroyForcibly();

    for (long unit : held) {
      await("unit " + unit + " is taken from the dead worker")
          .atMost(LIMIT)
          .until(() -> isTakenFrom(id, master.api().json("/workunits/" + unit)));
    }
  }

  /** A unit that ended before the kill counts as well: it left the worker's hands. */
  private static boolean isTakenFrom(String peer, JsonNode unit) {
    return switch (unit.get("state").asString()) {
      case "ASSIGNED", "COMPUTING" -> !unit.get("peerId").asString().equals(peer);
      default -> true;
    };
  }

  private static void stopAndStartAgain(Monerod daemon, MasterProcess master) throws Exception {
    daemon.stop();
    await("the master is not ready without its daemon")
        .atMost(LIMIT)
        .until(() -> master.api().status("/actuator/health/readiness") == HTTP_UNAVAILABLE);
    assertThat(master.api().json("/cluster").get("sources").get(0).get("up").asBoolean()).isFalse();

    daemon.startAgain();
    await("the master is ready again")
        .atMost(LIMIT)
        .until(() -> master.api().status("/actuator/health/readiness") == HTTP_OK);
  }

  private static void assertThatBlocksAreThoseOfTheChain(List<JsonNode> blocks, Monerod daemon)
      throws Exception {
    Set<Long> heights = new HashSet<>();
    for (JsonNode block : blocks) {
      long height = block.get("height").asLong();
      JsonNode header = daemon.header(height);
      assertThat(block.get("hash").asString())
          .as("block at height %d", height)
          .isEqualTo(header.get("hash").asString());
      assertThat(block.get("difficulty").asLong()).isEqualTo(DIFFICULTY);
      assertThat(header.get("orphan_status").asBoolean()).isFalse();
      assertThat(heights.add(height)).as("only one block at height %d", height).isTrue();
    }
    assertThat(heights)
        .anyMatch(height -> height < Monerod.FIRST_HEIGHT_OF_NEXT_KEY)
        .anyMatch(height -> height > Monerod.FIRST_HEIGHT_OF_NEXT_KEY);
  }

  private static long highest(List<JsonNode> blocks) {
    return blocks.stream().mapToLong(block -> block.get("height").asLong()).max().orElse(0);
  }
}

package io.p2pmining.worker.whole;

import static io.p2pmining.worker.work.Units.ENDLESS;
import static io.p2pmining.worker.work.Units.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.worker.ScriptedMaster;
import io.p2pmining.worker.work.Units;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The worker as a process of its own, which is asked to end in the middle of its work. */
@Timeout(120)
class WorkerProcessTest {

  /** Twice what is promised, because other tests may keep the machine busy. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(4);

  private static final int LIMIT_SECONDS = 60;
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final int TERMINATED = 143;

  @TempDir private Path data;

  private final ScriptedMaster master = new ScriptedMaster(0);

  @AfterEach
  void end() {
    master.close();
  }

  @Test
  void endsInOrderWhileHashing() throws Exception {
    endsInOrderDuring(
        Units.unit(1, "sha256d", ENDLESS, NEVER), Set.of(Heartbeat.State.STATE_MINING));
  }

  @Test
  void endsInOrderWhileHashingSlowly() throws Exception {
    endsInOrderDuring(slowUnit(), Set.of(Heartbeat.State.STATE_MINING));
  }

  @Test
  void endsInOrderWhilePreparing() throws Exception {
    // On a fast machine it may have gone on to hashing by the time it is told to end.
    endsInOrderDuring(
        slowUnit(), Set.of(Heartbeat.State.STATE_PREPARING, Heartbeat.State.STATE_MINING));
  }

  @Test
  void writesOneJsonObjectALineWhenAskedTo() throws Exception {
    Path log = data.resolve("log");
    try (WorkerProcess started =
        WorkerProcess.start(master, data, log, "--p2pmine.log.format=ecs")) {
      Process worker = started.process();
      AssignedUnit.Builder unit = Units.unit(1, "sha256d", ENDLESS, NEVER).setTraceparent(TRACE);
      unit.getJobBuilder().clearHeight();
      master.awaitSession().send(Units.assign(unit));
      await()
          .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
          .until(() -> Files.readString(log).contains("Searching job job-1 from unit 1 on"));
      worker.toHandle().destroy();
      assertThat(worker.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();

      List<JsonNode> lines =
          Files.readAllLines(log).stream().map(JsonMapper.shared()::readTree).toList();
      assertThat(lines)
          .isNotEmpty()
          .allMatch(line -> line.at("/service/name").asString().equals("p2pmine-worker"))
          .allMatch(line -> line.hasNonNull("@timestamp") && line.hasNonNull("message"));
      assertThat(lines)
          .filteredOn(line -> line.has("trace"))
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.path("message").asString()).startsWith("Searching job job-1");
                assertThat(line.at("/trace/id").asString())
                    .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
                assertThat(line.at("/span/id").asString()).isEqualTo("00f067aa0ba902b7");
                assertThat(line.has("traceId") || line.has("spanId")).isFalse();
              });
      JsonNode last = lines.getLast();
      assertThat(last.path("message").asString()).contains("has stopped");
      assertThat(last.at("/service/node/name").asString()).matches("[0-9a-f]{32}");
      assertThat(last.at("/process/pid").asLong()).isEqualTo(worker.pid());
    }
  }

  private static AssignedUnit.Builder slowUnit() {
    AssignedUnit.Builder unit = Units.unit(1, "rx/0", ENDLESS, NEVER);
    unit.getJobBuilder().setSeedHash(ByteString.copyFrom(new byte[32]));
    return unit;
  }

  private void endsInOrderDuring(AssignedUnit.Builder unit, Set<Heartbeat.State> states)
      throws Exception {
    Path log = data.resolve("log");
    try (WorkerProcess started = WorkerProcess.start(master, data, log)) {
      Process worker = started.process();
      ScriptedMaster.Session session = master.awaitSession();
      assertThat(data.resolve("worker.json")).content().contains("\"pid\":" + worker.pid() + ",");
      session.send(Units.assign(unit));
      assertThat(log).content().contains("Hashing in light mode on 2 threads");
      while (!states.contains(session.await(Heartbeat.class).getState())) {
        // The next one will tell.
      }
      long start = System.nanoTime();
      worker.toHandle().destroy();

      assertThat(worker.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(took).isLessThan(STOP_LIMIT);
      assertThat(worker.exitValue()).isEqualTo(TERMINATED);
      assertThat(session.awaitClosure())
          .isEqualTo(new Closure.PeerLeft("the worker is stopping", false));
      assertThat(data.resolve("worker.json")).doesNotExist();
      assertThat(log).content().contains("has stopped").doesNotContain("Exception", "ERROR");
    }
  }
}

package io.p2pmining.worker.whole;

import static io.p2pmining.worker.work.Units.ENDLESS;
import static io.p2pmining.worker.work.Units.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.common.settings.InvalidSettingsException;
import io.p2pmining.common.settings.RefusedSetting;
import io.p2pmining.common.settings.Reload;
import io.p2pmining.common.settings.SettingChange;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.worker.ScriptedMaster;
import io.p2pmining.worker.work.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Other settings for a worker that goes on hashing. */
@Timeout(180)
class ReloadTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path data;

  private final ScriptedMaster master = new ScriptedMaster(0);

  @AfterEach
  void end() {
    master.close();
  }

  /** As editors do: the file is another one afterwards. */
  private void write(String... lines) throws IOException {
    Path fresh = Files.writeString(data.resolve("p2pmine.yml~"), String.join("\n", lines) + "\n");
    Files.move(fresh, data.resolve("p2pmine.yml"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Sets nothing on the command line that these tests have in the file. */
  private WholeWorker start() {
    return WholeWorker.start(master, data, "tune=off");
  }

  @Test
  void hashesOnOtherThreadsOnceTheFileSaysSo() throws Exception {
    assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
    write("p2pmine.worker.threads: 1");
    try (WholeWorker worker = start()) {
      ScriptedMaster.Session session = master.awaitSession();
      assertThat(session.await(Capabilities.class).getMiningThreads()).isEqualTo(1);
      session.send(Units.assign(1, ENDLESS, NEVER));
      await().atMost(LIMIT).until(() -> hashes(worker, 0) && !hashes(worker, 1));

      write("p2pmine.worker.threads: 2");

      awaitThreads(session, 2);
      await().atMost(LIMIT).until(() -> hashes(worker, 1));

      write("p2pmine.worker.threads: 1");

      awaitThreads(session, 1);
      await().atMost(LIMIT).until(() -> hashes(worker, 0) && !hashes(worker, 1));
    }
  }

  /** Waits until the master is told of so many threads; it may be told of other news before. */
  private static void awaitThreads(ScriptedMaster.Session session, int threads) throws Exception {
    while (session.await(Capabilities.class).getMiningThreads() != threads) {
      // The worker has said something else about itself.
    }
  }

  private static boolean hashes(WholeWorker worker, int thread) throws Exception {
    String series = "p2pmine_worker_thread_hashes_per_second{thread=\"" + thread + "\"} ";
    return worker
        .get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(series))
        .anyMatch(line -> Double.parseDouble(line.substring(series.length())) > 0);
  }

  @Test
  void throttlesAndReservesMemoryAndRefusesTheRestByName() throws Exception {
    try (WholeWorker worker = start()) {
      write(
          "p2pmine:",
          "  worker:",
          "    throttle: 50",
          "    memory-reserve: 1GB",
          "    threads: 1024",
          "    mode: full",
          "  master:",
          "    name: somebody");

      Reload again = worker.reload();

      assertThat(worker.throttle()).isEqualTo(50);
      assertThat(worker.settings().memoryReserve().toGigabytes()).isEqualTo(1);
      assertThat(again.refused())
          .extracting(RefusedSetting::name)
          .containsExactly("p2pmine.worker.mode", "p2pmine.worker.threads");
      assertThat(again.refused().getLast().reason()).contains("started with room for");
      assertThat(again.changed())
          .as("unless the watch was faster")
          .isSubsetOf(
              new SettingChange("p2pmine.worker.memory-reserve", "64MB", "1GB"),
              new SettingChange("p2pmine.worker.throttle", "100", "50"));
    }
  }

  @Test
  void changesNothingForAFileThatMakesNoSense() throws Exception {
    try (WholeWorker worker = start()) {
      write("p2pmine.worker.throttle: 50", "p2pmine.worker.thraeds: 1");

      assertThat(problem(worker))
          .contains("there is no such setting: p2pmine.worker.thraeds", "p2pmine.yml");

      write("p2pmine.worker.throttle: 0", "p2pmine.worker.memory-reserve: 1GB");

      assertThat(problem(worker)).contains("throttle must be 1 to 100");
      assertThat(worker.throttle()).isEqualTo(100);
      assertThat(worker.settings().memoryReserve().toMegabytes()).isEqualTo(64);
    }
  }

  private static String problem(WholeWorker worker) {
    try {
      return "reloaded: " + worker.reload();
    } catch (InvalidSettingsException e) {
      return e.problem();
    }
  }
}

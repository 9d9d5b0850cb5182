package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

@EnabledOnOs(value = OS.LINUX, disabledReason = "memory is read from /proc")
class WorkerMemoryIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final long MOST_BYTES = 160L << 20;

  /** By then the compiler of the JVM has had its peak. */
  private static final int SHARES = 5;

  private static final int LANES = 1;

  @RegisterExtension final Processes processes = new Processes();

  @Test
  void takesLittleBesideCacheAndScratchpads() throws Exception {
    Installation installation = Installation.in(processes.directory().resolve("installation"));
    PowAlgorithm algorithm = PowAlgorithms.load().find("rx/0").orElseThrow();
    long hashing = algorithm.preparedBytes(HashingMode.LIGHT) + LANES * algorithm.hasherBytes();
    try (MasterProcess master =
        MasterProcess.start(processes, installation, "--set=p2pmine.master.share.interval=2s")) {
      // Pages of the kernel's pool are not counted as the process's own.
      RunningProgram worker =
          master.startWorker(
              "small",
              "--set=p2pmine.worker.pages=thp",
              "--set=p2pmine.worker.interleave=" + LANES);
      await(SHARES + " shares")
          .atMost(LIMIT)
          .until(() -> master.api().all("/shares").size() >= SHARES);

      assertThat(worker.memory("VmRSS") - hashing)
          .as("VmRSS beside hashing")
          .isLessThan(MOST_BYTES);
      assertThat(worker.memory("VmHWM") - hashing)
          .as("VmHWM beside hashing")
          .isLessThan(MOST_BYTES);
    }
  }
}

package io.p2pmining.worker.whole;

import static io.p2pmining.worker.work.Units.ENDLESS;
import static io.p2pmining.worker.work.Units.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.worker.ScriptedMaster;
import io.p2pmining.worker.work.Units;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TuningTest {

  private static final String TUNING = "$.components.miner.details.tuning";

  @TempDir private Path data;

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere there may be nothing to tune")
  void tunesBesideTheMiningAndRemembersIt() throws Exception {
    try (ScriptedMaster master = new ScriptedMaster(0)) {
      try (WholeWorker worker = mining(master)) {
        await().atMost(Duration.ofSeconds(60)).until(() -> worker.health(TUNING).equals("tuned"));
        assertThat(data.resolve("tuning.json")).exists();
        assertThat(worker.get("/actuator/prometheus").body())
            .contains("p2pmine_worker_tuning{state=\"tuned\"} 1");
      }
      try (WholeWorker worker = mining(master)) {
        await().until(() -> worker.health(TUNING).equals("stored"));
      }
    }
  }

  private WholeWorker mining(ScriptedMaster master) throws Exception {
    WholeWorker worker = WholeWorker.start(master, data, "tune=auto", "tune-time=5s");
    master.awaitSession().send(Units.assign(1, ENDLESS, NEVER));
    return worker;
  }
}

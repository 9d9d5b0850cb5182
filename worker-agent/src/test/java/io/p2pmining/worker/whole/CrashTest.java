package io.p2pmining.worker.whole;

import static io.p2pmining.worker.work.Units.ENDLESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.worker.ScriptedMaster;
import io.p2pmining.worker.work.SavedWork;
import io.p2pmining.worker.work.Units;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The worker as a process of its own, which is killed in the middle of its work. */
@Timeout(180)
class CrashTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** A share now and then at any speed of sha256d. */
  private static final long RARE = 500_000;

  @TempDir private Path data;

  private final ScriptedMaster master = new ScriptedMaster(0);

  @AfterEach
  void end() {
    master.close();
  }

  @Test
  void goesOnWhereItWasAndSendsTheSameResultsAgain() throws Exception {
    List<WorkunitResult> unacknowledged;
    long searched;
    try (WorkerProcess worker = WorkerProcess.start(master, data, data.resolve("log"))) {
      ScriptedMaster.Session session = master.awaitSession();
      session.send(Units.assign(1, ENDLESS, RARE));
      WorkunitResult accepted = session.await(WorkunitResult.class);
      WorkunitResult kept = session.await(WorkunitResult.class);
      session.send(Units.accept(accepted));
      await("the first is gone and the second saved")
          .atMost(LIMIT)
          .until(
              () ->
                  SavedWork.results(data).contains(kept)
                      && !SavedWork.results(data).contains(accepted));
      worker.kill();
      unacknowledged = SavedWork.results(data);
      searched = SavedWork.searched(data);
      assertThat(searched).isPositive();
    }
    try (WorkerProcess worker = WorkerProcess.start(master, data, data.resolve("log-2"))) {
      ScriptedMaster.Session session = master.awaitSession();
      List<MessageLite> first = session.awaitAll(WorkunitRequest.class);
      assertThat(first.stream().filter(WorkunitResult.class::isInstance).toList())
          .as("under the same ids, before it asks for work")
          .startsWith(unacknowledged.toArray(WorkunitResult[]::new));
      assertThat(((WorkunitRequest) first.getLast()).getHeldList())
          .extracting(HeldUnit::getUnitId)
          .containsExactly(1L);
      assertThat(session.await(WorkunitProgress.class).getSearched())
          .isGreaterThanOrEqualTo(searched);
      assertThat(worker.log()).contains("Taking up 1 unit and ").doesNotContain("ERROR");

      session.send(Units.cancel(1));
      await("the unit is no longer its own").atMost(LIMIT).until(() -> SavedWork.units(data) == 0);
    }
  }

  @Test
  void saysThatItCannotUseACorruptFileAndBeginsWithoutIt() throws Exception {
    Files.writeString(data.resolve("checkpoint"), "P2PMCHK1 and nonsense");
    try (WorkerProcess worker = WorkerProcess.start(master, data, data.resolve("log"))) {
      ScriptedMaster.Session session = master.awaitSession();
      assertThat(session.await(WorkunitRequest.class).getHeldList()).isEmpty();
      assertThat(worker.log()).contains("its checksum is wrong; it is now checkpoint.corrupt");
      assertThat(data.resolve("checkpoint.corrupt")).hasContent("P2PMCHK1 and nonsense");
    }
  }
}

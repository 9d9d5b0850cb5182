package io.p2pmining.master.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.dispatch.ProgressLog;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.work.InMemoryWorkQueue;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkUnit;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Journal journal = new Journal(0);
  private final JobBoard board = new JobBoard(() -> 20, journal);
  private final InMemoryWorkQueue queue =
      new InMemoryWorkQueue(
          new AtomicLong()::incrementAndGet,
          new AtomicLong()::incrementAndGet,
          new ProgressLog(board, journal));

  @Test
  void letsManyUnitsOfAnEndedJobWaitForWhatIsUrgent() {
    endJobWith(2500);

    Group urgent = journal.take(false);
    assertThat(urgent.jobs()).allMatch(change -> change.view().endedAt() != null);
    assertThat(urgent.units()).isEmpty();
    assertThat(journal.take(true).units()).hasSize(1000);
    assertThat(journal.take(true).units()).hasSize(1000);
    assertThat(journal.hasWaited()).isTrue();
    assertThat(journal.take(true).units())
        .hasSize(500)
        .allMatch(change -> change.unit().state() == UnitState.CANCELLED);
    assertThat(journal.hasWaited()).isFalse();
  }

  @Test
  void writesThatAUnitIsSearchedOnceInAMinuteAndNotAtAllIfItEndsBefore() {
    Job job = put();
    WorkUnit slow = lease(job);
    WorkUnit quick = lease(job);
    journal.taskEnded();
    assertThat(journal.take(true).units()).hasSize(2);
    for (int second = 0; second < Journal.PROGRESS_ROUNDS; second++) {
      progress(slow, 2 + second % 8);
      progress(quick, 2 + second % 8);
      assertThat(journal.take(true).units()).as("second=%s", second).isEmpty();
    }
    queue.cancel(quick.id(), NOW);
    journal.taskEnded();
    assertThat(journal.take(false).units()).hasSize(1);

    assertThat(journal.take(true).units())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.unit().state()).isEqualTo(UnitState.COMPUTING);
              assertThat(change.unit().searched()).isEqualTo(9);
            });
    assertThat(journal.take(true).units()).isEmpty();
  }

  @Test
  void writesEverythingBeforeItEnds() {
    WorkUnit unit = lease(put());
    journal.taskEnded();
    assertThat(journal.take(true).units()).hasSize(1);
    progress(unit, 5);
    assertThat(journal.hasWaited()).isFalse();

    journal.hurry();
    assertThat(journal.hasWaited()).isTrue();
    assertThat(journal.take(true).units())
        .singleElement()
        .satisfies(change -> assertThat(change.unit().searched()).isEqualTo(5));
    assertThat(journal.hasWaited()).isFalse();
  }

  private WorkUnit lease(Job job) {
    WorkUnit unit = queue.add(job.id(), board.cut(job, 10), NOW);
    return queue
        .lease(unit.id(), Workload.peer(1), Target.EASIEST, NOW.plusSeconds(90), NOW)
        .orElseThrow();
  }

  private void progress(WorkUnit unit, long searched) {
    queue.progress(unit.ref(), searched, NOW.plusSeconds(90), NOW);
    journal.taskEnded();
  }

  @Test
  void endsAJobTogetherWithItsUnitsIfTheyAreFew() {
    endJobWith(10);

    assertThat(journal.take(false).units())
        .hasSize(10)
        .allMatch(change -> change.unit().state() == UnitState.CANCELLED);
  }

  /** A unit that the database does not know yet is not left out of the group that has it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writesEveryUnitThatItHasNot(boolean inOneTask) {
    Job job = put();
    cut(job, 600);
    if (!inOneTask) {
      journal.taskEnded();
    }
    end(job);

    assertThat(journal.take(false).units())
        .hasSize(600)
        .allMatch(change -> change.isNew() && change.unit().state() == UnitState.CANCELLED);
  }

  private void endJobWith(int units) {
    Job job = put();
    cut(job, units);
    journal.taskEnded();
    assertThat(journal.take(false).units()).hasSize(units);
    end(job);
  }

  private Job put() {
    Job job =
        new Job(
            "job",
            "test",
            "sha256d",
            Bytes.copyOf(new byte[8]),
            1,
            NonceRange.ALL,
            Bytes.EMPTY,
            Bytes.EMPTY,
            null,
            1,
            Bytes.EMPTY,
            NOW);
    board.put(job, Replacement.NEW_TIP, NOW);
    journal.jobArrived(board.find(job.id()).orElseThrow(), Bytes.EMPTY);
    return job;
  }

  private void cut(Job job, int units) {
    for (int i = 0; i < units; i++) {
      queue.add(job.id(), board.cut(job, 10), NOW);
    }
  }

  private void end(Job job) {
    queue.cancelJob(job.id(), NOW);
    board.end(job, JobState.CANCELLED, NOW);
    journal.taskEnded();
  }
}

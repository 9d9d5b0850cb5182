package io.p2pmining.master.dispatch;

import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.UnitEnd;
import io.p2pmining.master.work.LeaseEnding;
import io.p2pmining.master.work.UnitLog;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkUnit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells the board how far the units of each job are, and another log everything. */
public final class ProgressLog implements UnitLog {

  private final JobBoard board;
  private final UnitLog next;

  public ProgressLog(JobBoard board, UnitLog next) {
    this.board = board;
    this.next = next;
  }

  @Override
  public void unitChanged(@Nullable WorkUnit before, WorkUnit after) {
    next.unitChanged(before, after);
    if (after.state() == UnitState.ASSIGNED) {
      board.started(after.jobId(), after.updatedAt());
    }
    long searched = after.searched() - (before == null ? 0 : before.searched());
    if (searched > 0) {
      board.searched(after.jobId(), searched, after.updatedAt());
    }
    if (after.state().isFinal()) {
      board.unitEnded(after.jobId(), endOf(after.state()), after.searched(), after.left());
    }
  }

  private static UnitEnd endOf(UnitState state) {
    return switch (state) {
      case COMPLETED -> UnitEnd.COMPLETED;
      case FAILED -> UnitEnd.FAILED;
      case CANCELLED -> UnitEnd.CANCELLED;
      case PENDING, ASSIGNED, COMPUTING ->
          throw new IllegalStateException("state=" + state + " is no end");
    };
  }

  @Override
  public void leaseEnded(WorkUnit last, LeaseEnding ending, long resultId, Instant at) {
    next.leaseEnded(last, ending, resultId, at);
  }
}

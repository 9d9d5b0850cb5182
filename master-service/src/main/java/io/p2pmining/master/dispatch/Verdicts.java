package io.p2pmining.master.dispatch;

import io.p2pmining.master.store.Journal;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Gives verdicts on results. A worker hears one only once everything that led to it is durable: it
 * forgets the result then. Owned by the dispatcher's thread.
 */
final class Verdicts {

  private final Journal journal;
  private final WorkEvents events;
  private final Clock clock;

  Verdicts(Journal journal, WorkEvents events, Clock clock) {
    this.journal = journal;
    this.events = events;
    this.clock = clock;
  }

  void accept(Worker worker, long resultId) {
    give(worker, resultId, new Verdict.Accepted());
  }

  void reject(Worker worker, long resultId, Rejection reason) {
    worker.rejected(resultId, reason);
    give(worker, resultId, new Verdict.Rejected(reason));
  }

  void give(Worker worker, long resultId, Verdict verdict) {
    journal.whenDurable(() -> tell(worker, resultId, verdict));
  }

  private void tell(Worker worker, long resultId, Verdict verdict) {
    worker.acknowledge(resultId, verdict);
    Instant came = worker.openResults().answered(resultId);
    if (came != null) {
      events.resultAcknowledged(Duration.between(came, clock.instant()));
    }
  }
}

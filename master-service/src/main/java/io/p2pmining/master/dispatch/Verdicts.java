package io.p2pmining.master.dispatch;

import io.p2pmining.master.store.Journal;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.Verdict;

/**
 * Gives verdicts on results. A worker hears one only once everything that led to it is durable: it
 * forgets the result then. Owned by the dispatcher's thread.
 */
final class Verdicts {

  private final Journal journal;

  Verdicts(Journal journal) {
    this.journal = journal;
  }

  void accept(Worker worker, long resultId) {
    give(worker, resultId, new Verdict.Accepted());
  }

  void reject(Worker worker, long resultId, Rejection reason) {
    worker.rejected(resultId, reason);
    give(worker, resultId, new Verdict.Rejected(reason));
  }

  void give(Worker worker, long resultId, Verdict verdict) {
    journal.whenDurable(() -> worker.acknowledge(resultId, verdict));
  }
}

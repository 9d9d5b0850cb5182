package io.p2pmining.master.dispatch;

import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.store.Recovered;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.WorkQueue;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.master.work.WorkUnit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The process that this one succeeds: what it left, and the workers that still search for it. Owned
 * by the dispatcher's thread.
 */
final class Predecessor {

  /** Beside the usual grace: workers notice within seconds that a master is back. */
  private static final Duration RESTART_GRACE = Duration.ofSeconds(20);

  private final Recovered recovered;
  private final Supplier<WorkSettings> settings;
  private final WorkQueue queue;
  private final JobDesk jobs;
  private final Journal journal;
  private final Clock clock;

  /** Until when workers are waited for that have units in hand. */
  private final Map<PeerId, Instant> awaited = new LinkedHashMap<>();

  /**
   * @param recovered what it left; queue and board have it already
   */
  Predecessor(
      Recovered recovered,
      Supplier<WorkSettings> settings,
      WorkQueue queue,
      JobDesk jobs,
      Journal journal,
      Clock clock) {
    this.recovered = recovered;
    this.settings = settings;
    this.queue = queue;
    this.jobs = jobs;
    this.journal = journal;
    this.clock = clock;
  }

  /** Passes on what it knew, before anything happens. */
  void restore(Leases leases, ShareIntake intake, BlockDesk blocks) {
    Map<String, Job> byId = new HashMap<>();
    for (Recovered.KeptJob kept : recovered.jobs()) {
      byId.put(kept.view().job().id(), kept.view().job());
      if (kept.view().state() == JobState.ACTIVE) {
        journal.knows(kept.view().job().id());
      }
    }
    for (Recovered.KeptLease kept : recovered.leases()) {
      Job job = byId.get(kept.jobId());
      if (job != null) {
        leases.add(
            kept.ref(),
            new Leases.Terms(
                kept.peer(), job, kept.range(), kept.shareTarget(), false, kept.settledBy()));
      }
    }
    for (Recovered.CreditedNonce credited : recovered.credited()) {
      intake.restore(credited.jobId(), credited.nonce(), credited.peer(), credited.resultId());
    }
    recovered.blocks().forEach(blocks::restore);
    awaitWorkers();
  }

  /**
   * Leases ran on while nobody could hear their workers, and began when these were told of them,
   * which is not stored. So each lives once more for as long as it was given: its worker's time is
   * over by then, whenever it began.
   */
  private void awaitWorkers() {
    Instant now = clock.instant();
    Instant until = now.plus(settings.get().reconnectGrace()).plus(RESTART_GRACE);
    for (WorkUnit unit : recovered.units()) {
      PeerId peer = unit.peer();
      Instant end = unit.leaseExpiresAt();
      if (peer != null && end != null && unit.state().isLeased()) {
        awaited.put(peer, until);
        queue.extend(unit.ref(), until);
        queue.extend(unit.ref(), now.plus(Duration.between(unit.updatedAt(), end)));
      }
    }
  }

  /** Its jobs from a source, ended or not. */
  List<Recovered.KeptJob> jobsOf(JobSource source) {
    return recovered.jobs().stream()
        .filter(kept -> kept.view().job().source().equals(source.name()))
        .toList();
  }

  /** Lets a source decide what becomes of its jobs that had not ended. */
  void handOver(JobSource source) {
    for (Recovered.KeptJob kept : jobsOf(source)) {
      Job job = kept.view().job();
      if (kept.view().state() == JobState.ACTIVE) {
        switch (source.resume(job, kept.keepsake())) {
          case AS_BEFORE -> jobs.goOn(job);
          case UNITS_IN_HAND -> jobs.finishUnitsInHand(job);
          case OBSOLETE -> jobs.endObsolete(job);
        }
      }
    }
  }

  /** A worker is connected; it tells itself what it has in hand. */
  void isBack(PeerId peer) {
    awaited.remove(peer);
  }

  /** The workers that were waited for long enough; each is named once. */
  List<PeerId> givenUp(Instant now) {
    List<PeerId> gone = new ArrayList<>();
    awaited.forEach(
        (peer, until) -> {
          if (!until.isAfter(now)) {
            gone.add(peer);
          }
        });
    gone.forEach(awaited::remove);
    return gone;
  }
}

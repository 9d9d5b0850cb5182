package io.p2pmining.master.store;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.JobLog;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerLog;
import io.p2pmining.master.peer.RateSample;
import io.p2pmining.master.peer.Resolution;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.peer.StandingLog;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.trust.ConductLog;
import io.p2pmining.master.trust.KeptConduct;
import io.p2pmining.master.work.LeaseEnding;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Redone;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitLog;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.WorkUnit;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects what changes into groups, and what may only happen once the changes are durable.
 *
 * <p>The dispatcher's thread records; {@link #taskEnded} hands over what one of its tasks did as a
 * whole, so that no group ends in the middle of one. The committer's thread takes the groups, one
 * after the other. Changes of peers may come from any thread.
 *
 * <p>What comes from any thread is lazy: it is written with a group that is due anyway, at most
 * once a second. That a unit is searched, and how far, is lazier still: most units end before it is
 * written, and a worker repeats what was lost of it. Memory: past {@link #MAX_WEIGHT} the journal
 * {@linkplain #isFull() is full}, and the dispatcher takes no more results; what else can grow is
 * bounded by the live jobs, units and peers.
 */
public final class Journal implements UnitLog, JobLog, PeerLog, StandingLog, ConductLog {

  /** Results that may wait for the database: twenty seconds' worth at 5000 a second. */
  static final int MAX_WEIGHT = 200_000;

  /** Descriptions of peers that may wait; past it those that changed first stay as they were. */
  private static final int MAX_PEERS = 50_000;

  /**
   * Samples that may wait: hours of them. Past it the oldest are lost to charts after a restart.
   */
  private static final int MAX_SAMPLES = 10_000;

  /** How long what is lazy may wait to be written: a round. */
  static final Duration LAZINESS = Duration.ofSeconds(1);

  /** How many rounds progress waits, so that a unit that ends before is not written for it. */
  static final int PROGRESS_ROUNDS = 60;

  /** Units of ended jobs in a task, past which they are cancelled in the database by and by. */
  private static final int MANY_CANCELLED = 500;

  /** What can wait is written in such portions, so that what is urgent does not wait for it. */
  private static final int LAZY_UNITS = 1000;

  /** How far a unit is, and in which round that began to wait. */
  private record Progress(WorkUnit unit, int since) {

    Progress or(Progress later) {
      return new Progress(later.unit, since);
    }
  }

  // Owned by the dispatcher's thread.
  private Group task = new Group();
  private final Map<Long, WorkUnit> taskProgress = new HashMap<>();
  private final Set<String> knownJobs = new HashSet<>();

  // Guarded by this.
  private Group open = new Group();
  private final LinkedHashMap<Long, Progress> progress = new LinkedHashMap<>();
  private final LinkedHashMap<Long, WorkUnit> due = new LinkedHashMap<>();
  private int round;
  private boolean hurried;
  private final LinkedHashMap<PeerId, Peer> peers = new LinkedHashMap<>();
  private final LinkedHashMap<Group.SampleKey, RateSample> samples = new LinkedHashMap<>();
  private long lastNumber;

  private volatile int openWeight;

  /**
   * @param lastNumber the number of the last group that an earlier process committed
   */
  public Journal(long lastNumber) {
    this.lastNumber = lastNumber;
  }

  /** Whether results and assignments have to wait until the database has caught up. */
  public boolean isFull() {
    return openWeight > MAX_WEIGHT;
  }

  /** How many results and answers wait to be written, those of the group under way not counted. */
  public int waiting() {
    return openWeight;
  }

  // ---------------------------------------------------------------- the dispatcher's thread

  /** Jobs that the store knows already. */
  public void knows(String jobId) {
    knownJobs.add(jobId);
  }

  /** A job arrived; what its source needs to go on with it is kept with it. */
  public void jobArrived(JobView view, Bytes keepsake) {
    boolean isNew = knownJobs.add(view.job().id());
    task.put(new JobChange(view, keepsake, isNew));
  }

  @Override
  public void jobChanged(JobView view) {
    if (knownJobs.contains(view.job().id()) || view.endedAt() != null) {
      task.put(new JobChange(view, Bytes.EMPTY, false));
      if (view.endedAt() != null) {
        knownJobs.remove(view.job().id());
      }
    }
  }

  @Override
  public void unitChanged(@Nullable WorkUnit before, WorkUnit after) {
    if (before != null && after.isUnderLeaseOf(before)) {
      if (before.state() != after.state() || before.searched() != after.searched()) {
        taskProgress.put(after.id(), after);
      }
      return;
    }
    taskProgress.remove(after.id());
    task.put(new UnitChange(after, before == null));
    if (after.state().isFinal()) {
      task.add(Total.units(after.state()), BigInteger.ONE);
    }
  }

  @Override
  public void leaseEnded(WorkUnit last, LeaseEnding ending, long resultId, Instant at) {
    PeerId peer = last.peer();
    var target = last.shareTarget();
    if (peer == null || target == null) {
      throw new IllegalStateException("a lease without a holder ended: " + last);
    }
    task.add(
        new PastLease(
            last.ref(),
            last.jobId(),
            peer,
            last.leasedRange(),
            last.searched() - last.leaseStart(),
            target,
            ending,
            resultId,
            at));
  }

  /** A share was credited to a worker. */
  public void shareAccepted(Share share, UnitRef ref, long resultId) {
    task.add(new CreditedShare(share, ref, resultId));
    task.totalsOf(share.peer()).accept(share.difficulty());
    task.add(Total.SHARES, BigInteger.ONE);
    task.add(Total.DIFFICULTY, share.difficulty());
  }

  /** What was credited for a share is taken back. */
  public void shareRevoked(Share share, Rejection reason) {
    task.revoke(share.id());
    task.totalsOf(share.peer()).revoke(share.difficulty(), reason);
    task.add(Total.SHARES, BigInteger.ONE.negate());
    task.add(Total.DIFFICULTY, share.difficulty().negate());
    task.add(Total.REVOKED, BigInteger.ONE);
    task.add(Total.REVOKED_DIFFICULTY, share.difficulty());
    task.add(Total.rejections(reason), BigInteger.ONE);
  }

  /** A share was not credited. */
  public void shareRejected(PeerId peer, Rejection reason) {
    task.totalsOf(peer).reject(reason);
    task.add(Total.rejections(reason), BigInteger.ONE);
  }

  /** A block was found. */
  public void blockFound(FoundBlock block) {
    task.put(new BlockChange(block, true));
    task.add(Total.blocks(block.outcome()), BigInteger.ONE);
  }

  /** What became of a block is known, or known better than before. */
  public void blockSettled(FoundBlock before, FoundBlock after) {
    task.put(new BlockChange(after, false));
    task.add(Total.blocks(before.outcome()), BigInteger.ONE.negate());
    task.add(Total.blocks(after.outcome()), BigInteger.ONE);
  }

  @Override
  public void standingChanged(PeerId peer, Standing standing) {
    task.put(peer, standing);
  }

  @Override
  public void conductChanged(PeerId peer, KeptConduct conduct) {
    task.put(peer, conduct);
  }

  /** A range was searched once more by another peer, and the shares were compared. */
  public void unitRedone(Redone redone) {
    task.add(redone);
  }

  /** A request that may be repeated was answered. */
  public void answered(Answer answer) {
    task.add(answer);
  }

  /** Lets something happen once everything that was recorded so far is durable. */
  public void whenDurable(Runnable effect) {
    task.add(effect);
  }

  /** A task of the dispatcher is over: what it recorded belongs together. */
  public void taskEnded() {
    if (task.isEmpty() && taskProgress.isEmpty()) {
      return;
    }
    List<WorkUnit> cancelled = task.withdrawCancelled(MANY_CANCELLED);
    synchronized (this) {
      for (UnitChange change : task.units()) {
        due.remove(change.unit().id());
        progress.remove(change.unit().id());
      }
      for (WorkUnit unit : cancelled) {
        progress.remove(unit.id());
        if (!isWrittenAnyway(unit)) {
          due.put(unit.id(), unit);
        }
      }
      for (WorkUnit unit : taskProgress.values()) {
        if (!isWrittenAnyway(unit)) {
          progress.merge(unit.id(), new Progress(unit, round), Progress::or);
        }
      }
      if (!task.isEmpty()) {
        if (open.isEmpty()) {
          open = task;
        } else {
          open.append(task);
        }
        openWeight = open.weight();
        notifyAll();
      }
    }
    task = task.isEmpty() ? task : new Group();
    taskProgress.clear();
  }

  /** What is written of a unit in the next group is its last state. */
  private boolean isWrittenAnyway(WorkUnit unit) {
    boolean written = open.hasUnit(unit.id()) || task.hasUnit(unit.id());
    if (written) {
      task.put(new UnitChange(unit, false));
    }
    return written;
  }

  // ---------------------------------------------------------------- any thread

  @Override
  public synchronized void peerChanged(Peer peer) {
    peers.put(peer.identity().id(), peer);
    if (peers.size() > MAX_PEERS) {
      peers.pollFirstEntry();
    }
  }

  /** The hash rate was measured. */
  public synchronized void sampled(Resolution resolution, RateSample sample) {
    samples.put(new Group.SampleKey(resolution, sample.at()), sample);
    if (samples.size() > MAX_SAMPLES) {
      samples.pollFirstEntry();
    }
  }

  // ---------------------------------------------------------------- the committer's thread

  /** Waits until something is urgent, for so long at most, and answers whether it is. */
  synchronized boolean awaitUrgent(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (open.isEmpty()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** Whether units that have waited are left, because there were more than one group takes. */
  synchronized boolean hasWaited() {
    Map.Entry<Long, Progress> first = progress.firstEntry();
    return !due.isEmpty() || (first != null && hasWaited(first.getValue()));
  }

  private boolean hasWaited(Progress units) {
    return hurried || round - units.since >= PROGRESS_ROUNDS;
  }

  /** From now on nothing waits longer than for the next group. */
  synchronized void hurry() {
    hurried = true;
  }

  /**
   * Everything that happened since the last call.
   *
   * @param withLazy whether a portion of what is lazy is to be taken as well: then a round is over
   */
  public synchronized Group take(boolean withLazy) {
    Group taken = open;
    open = new Group();
    openWeight = 0;
    if (withLazy) {
      for (int i = 0; i < LAZY_UNITS && hasWaited(); i++) {
        WorkUnit unit =
            due.isEmpty()
                ? progress.pollFirstEntry().getValue().unit
                : due.pollFirstEntry().getValue();
        taken.put(new UnitChange(unit, false));
      }
      round += hasWaited() ? 0 : 1;
      peers.values().forEach(taken::put);
      peers.clear();
      samples.forEach(taken::put);
      samples.clear();
    }
    taken.number(++lastNumber);
    return taken;
  }
}

package io.p2pmining.master.store;

import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.share.ShareCounts;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.trust.KeptConduct;
import io.p2pmining.master.work.LeaseEnding;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Redone;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkUnit;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;

/** A model of the database for simulations: what it was given survives the master, not the test. */
public final class MemoryStore implements Store {

  private final Map<String, Recovered.KeptJob> jobs = new LinkedHashMap<>();
  private final Map<Long, WorkUnit> units = new TreeMap<>();
  private final List<PastLease> leases = new ArrayList<>();
  private final List<CreditedShare> shares = new ArrayList<>();
  private final Map<Long, FoundBlock> blocks = new TreeMap<>();
  private final List<Redone> redos = new ArrayList<>();
  private final Map<Total, BigInteger> totals = new HashMap<>();
  private final Map<PeerId, PeerTotals> peerTotals = new HashMap<>();
  private final SequencedMap<PeerId, Standing> standings = new LinkedHashMap<>();
  private final SequencedMap<PeerId, KeptConduct> conducts = new LinkedHashMap<>();
  private long lastGroup;
  private boolean down;
  private boolean losesAnswer;

  /** Makes every write fail, or end that. */
  public void turnDown(boolean nowDown) {
    down = nowDown;
  }

  /** Lets the next write succeed, but its answer is lost. */
  public void loseNextAnswer() {
    losesAnswer = true;
  }

  public long lastGroup() {
    return lastGroup;
  }

  public Collection<WorkUnit> units() {
    return units.values();
  }

  public List<WorkUnit> unitsOf(String jobId) {
    return units.values().stream().filter(unit -> unit.jobId().equals(jobId)).toList();
  }

  public List<Share> shares() {
    return shares.stream().map(CreditedShare::share).toList();
  }

  public Collection<FoundBlock> blocks() {
    return blocks.values();
  }

  /** Ranges that were searched twice. */
  public List<Redone> redos() {
    return redos;
  }

  public List<PastLease> leases() {
    return leases;
  }

  /** How many shares of each peer were accepted, and rejected for which reason. */
  Map<PeerId, ShareCounts> counts() {
    Map<PeerId, ShareCounts> counts = new HashMap<>();
    peerTotals.forEach(
        (peer, sums) -> counts.put(peer, new ShareCounts(sums.accepted(), sums.rejected())));
    return counts;
  }

  /** The sum of everything that was added to a total. */
  public long total(String name) {
    return totals.getOrDefault(new Total(name), BigInteger.ZERO).longValueExact();
  }

  @Override
  public void write(Group group) throws StoreException {
    if (down) {
      throw new StoreException("the store is down");
    }
    if (group.number() > lastGroup) {
      lastGroup = group.number();
      apply(group);
    }
    if (losesAnswer) {
      losesAnswer = false;
      throw new StoreException("the answer is lost");
    }
  }

  private void apply(Group group) {
    for (JobChange change : group.jobs()) {
      String id = change.view().job().id();
      Recovered.KeptJob before = jobs.get(id);
      if ((before == null) != change.isNew()) {
        throw new IllegalStateException("isNew=" + change.isNew() + ", before=" + before);
      }
      jobs.put(
          id,
          new Recovered.KeptJob(
              change.view(), before == null ? change.keepsake() : before.keepsake()));
    }
    for (UnitChange change : group.units()) {
      WorkUnit before = units.put(change.unit().id(), change.unit());
      if ((before == null) != change.isNew()) {
        throw new IllegalStateException("isNew=" + change.isNew() + ", before=" + before);
      }
    }
    leases.addAll(group.leases());
    shares.addAll(group.shares());
    shares.removeIf(credited -> group.revokedShares().contains(credited.share().id()));
    group.blocks().forEach(change -> blocks.put(change.block().id(), change.block()));
    group.standings().forEach(this::apply);
    conducts.putAll(group.conducts());
    redos.addAll(group.redos());
    group.totals().forEach((total, amount) -> totals.merge(total, amount, BigInteger::add));
    group
        .peerTotals()
        .forEach((peer, by) -> peerTotals.computeIfAbsent(peer, p -> new PeerTotals()).add(by));
  }

  private void apply(PeerId peer, Standing standing) {
    standings.remove(peer);
    if (!standing.allowsWork()) {
      standings.put(peer, standing);
    }
  }

  /** What a master that starts now would find. */
  public Recovered recover() {
    List<Recovered.KeptLease> kept = new ArrayList<>();
    units.values().stream().filter(u -> u.lease() > 0).forEach(u -> kept.add(lastLease(u)));
    leases.forEach(lease -> kept.add(kept(lease)));
    return new Recovered(
        List.copyOf(jobs.values()),
        units.values().stream().filter(unit -> !unit.state().isFinal()).toList(),
        kept,
        shares.stream()
            .map(
                credited ->
                    new Recovered.CreditedNonce(
                        credited.share().jobId(),
                        credited.share().nonce(),
                        credited.share().peer(),
                        credited.resultId()))
            .toList(),
        List.copyOf(blocks.values()),
        endedUnits(),
        ledgerTotals(),
        standings,
        conducts);
  }

  private static Recovered.KeptLease lastLease(WorkUnit unit) {
    return new Recovered.KeptLease(
        unit.ref(),
        unit.jobId(),
        Objects.requireNonNull(unit.peer()),
        unit.leasedRange(),
        Objects.requireNonNull(unit.shareTarget()),
        unit.state() == UnitState.COMPLETED ? unit.resultId() : 0);
  }

  private static Recovered.KeptLease kept(PastLease lease) {
    return new Recovered.KeptLease(
        lease.ref(),
        lease.jobId(),
        lease.peer(),
        lease.range(),
        lease.shareTarget(),
        lease.ending() == LeaseEnding.GIVEN_UP ? lease.resultId() : 0);
  }

  private Map<UnitState, Long> endedUnits() {
    Map<UnitState, Long> ended = new EnumMap<>(UnitState.class);
    for (UnitState state : UnitState.values()) {
      if (state.isFinal()) {
        ended.put(state, total("units." + state));
      }
    }
    return ended;
  }

  private ShareLedger.Totals ledgerTotals() {
    Map<Rejection, Long> rejected = new EnumMap<>(Rejection.class);
    for (Rejection reason : Rejection.values()) {
      if (total("shares." + reason) > 0) {
        rejected.put(reason, total("shares." + reason));
      }
    }
    Map<BlockOutcome.State, Long> outcomes = new EnumMap<>(BlockOutcome.State.class);
    for (BlockOutcome.State state : BlockOutcome.State.values()) {
      outcomes.put(state, total("blocks." + state));
    }
    return new ShareLedger.Totals(
        new ShareCounts(total("shares"), rejected),
        totals.getOrDefault(Total.DIFFICULTY, BigInteger.ZERO),
        total("shares.revoked"),
        totals.getOrDefault(Total.REVOKED_DIFFICULTY, BigInteger.ZERO),
        outcomes);
  }

  /** A job as it is stored. */
  public JobView job(String id) {
    return Objects.requireNonNull(jobs.get(id)).view();
  }
}

package io.p2pmining.master.store;

import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.RateSample;
import io.p2pmining.master.peer.Resolution;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.trust.KeptConduct;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Redone;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkUnit;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes that become durable together, or not at all, and what may happen once they are. Of a job,
 * unit, block, peer or sample that changed several times, only the last state is kept. Not safe for
 * use by several threads: handed from the dispatcher's thread to the committer's.
 */
public final class Group {

  private final Map<String, JobChange> jobs = new LinkedHashMap<>();
  private final Map<Long, UnitChange> units = new LinkedHashMap<>();
  private final List<PastLease> leases = new ArrayList<>();
  private final List<CreditedShare> shares = new ArrayList<>();
  private final List<Long> revokedShares = new ArrayList<>();
  private final Map<Long, BlockChange> blocks = new LinkedHashMap<>();
  private final Map<PeerId, Peer> peers = new LinkedHashMap<>();
  private final Map<PeerId, PeerTotals> peerTotals = new LinkedHashMap<>();
  private final Map<Total, BigInteger> totals = new LinkedHashMap<>();
  private final Map<PeerId, Standing> standings = new LinkedHashMap<>();
  private final Map<PeerId, KeptConduct> conducts = new LinkedHashMap<>();
  private final Map<SampleKey, RateSample> samples = new LinkedHashMap<>();
  private final List<Redone> redos = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private final List<Runnable> effects = new ArrayList<>();
  private long number;
  private boolean lacksPeerTotals;

  /** The group's number: one more than that of the group before it. */
  public long number() {
    return number;
  }

  void number(long assigned) {
    number = assigned;
  }

  public Collection<JobChange> jobs() {
    return jobs.values();
  }

  public Collection<UnitChange> units() {
    return units.values();
  }

  public List<PastLease> leases() {
    return leases;
  }

  public List<CreditedShare> shares() {
    return shares;
  }

  /** The ids of shares, of this group or earlier ones, for which the credit is taken back. */
  public List<Long> revokedShares() {
    return revokedShares;
  }

  public Collection<BlockChange> blocks() {
    return blocks.values();
  }

  public Collection<Peer> peers() {
    return peers.values();
  }

  public Map<PeerId, PeerTotals> peerTotals() {
    return peerTotals;
  }

  public Map<Total, BigInteger> totals() {
    return totals;
  }

  /** Takes the totals of peers out, which are then written later than the rest. */
  Map<PeerId, PeerTotals> withdrawPeerTotals() {
    Map<PeerId, PeerTotals> withdrawn = Map.copyOf(peerTotals);
    peerTotals.clear();
    lacksPeerTotals = true;
    return withdrawn;
  }

  /** Whether the totals of peers are written later. */
  boolean lacksPeerTotals() {
    return lacksPeerTotals;
  }

  /** What peers' standings are now; of those in service nothing is stored. */
  public Map<PeerId, Standing> standings() {
    return standings;
  }

  public Map<PeerId, KeptConduct> conducts() {
    return conducts;
  }

  /** Samples of the hash rate, in place of earlier ones of the same time. */
  public Map<SampleKey, RateSample> samples() {
    return samples;
  }

  /** Ranges that were searched twice. */
  public List<Redone> redos() {
    return redos;
  }

  /** What was answered to requests that may be repeated. */
  public List<Answer> answers() {
    return answers;
  }

  /** What waits for the group to be durable, in the order in which it is to happen. */
  public List<Runnable> effects() {
    return effects;
  }

  /** Whether there is nothing to write. */
  public boolean changesNothing() {
    return jobs.isEmpty()
        && units.isEmpty()
        && leases.isEmpty()
        && shares.isEmpty()
        && revokedShares.isEmpty()
        && blocks.isEmpty()
        && peers.isEmpty()
        && peerTotals.isEmpty()
        && standings.isEmpty()
        && conducts.isEmpty()
        && samples.isEmpty()
        && redos.isEmpty()
        && answers.isEmpty()
        && totals.isEmpty();
  }

  boolean isEmpty() {
    return effects.isEmpty() && changesNothing();
  }

  /** How many rows it writes, about. */
  int size() {
    return jobs.size()
        + units.size()
        + leases.size()
        + shares.size()
        + revokedShares.size()
        + blocks.size()
        + peers.size()
        + peerTotals.size()
        + standings.size()
        + conducts.size()
        + samples.size()
        + redos.size()
        + answers.size();
  }

  /** What in this group grows with the results that workers send: it is this that is bounded. */
  int weight() {
    return shares.size() + effects.size() + leases.size();
  }

  void put(JobChange change) {
    jobs.merge(
        change.view().job().id(),
        change,
        (before, after) ->
            before.isNew() ? new JobChange(after.view(), before.keepsake(), true) : after);
  }

  void put(UnitChange change) {
    units.merge(
        change.unit().id(),
        change,
        (before, after) -> new UnitChange(after.unit(), before.isNew() || after.isNew()));
  }

  /**
   * Takes out the units that were cancelled because their job ended in this group, if there are
   * more than {@code many}: the end of the job says it already, and a start does what was left
   * undone.
   */
  List<WorkUnit> withdrawCancelled(int many) {
    if (units.size() <= many) {
      return List.of();
    }
    List<WorkUnit> cancelled =
        units.values().stream()
            .filter(change -> !change.isNew() && change.unit().state() == UnitState.CANCELLED)
            .map(UnitChange::unit)
            .filter(unit -> endsJob(unit.jobId()))
            .toList();
    if (cancelled.size() <= many) {
      return List.of();
    }
    cancelled.forEach(unit -> units.remove(unit.id()));
    return cancelled;
  }

  private boolean endsJob(String jobId) {
    JobChange change = jobs.get(jobId);
    return change != null && change.view().endedAt() != null;
  }

  boolean hasUnit(long id) {
    return units.containsKey(id);
  }

  void put(BlockChange change) {
    blocks.merge(
        change.block().id(),
        change,
        (before, after) -> new BlockChange(after.block(), before.isNew() || after.isNew()));
  }

  void put(Peer peer) {
    peers.put(peer.identity().id(), peer);
  }

  void put(PeerId peer, Standing standing) {
    standings.put(peer, standing);
  }

  void put(PeerId peer, KeptConduct conduct) {
    conducts.put(peer, conduct);
  }

  void put(SampleKey key, RateSample sample) {
    samples.put(key, sample);
  }

  void add(PastLease lease) {
    leases.add(lease);
  }

  void add(CreditedShare share) {
    shares.add(share);
  }

  void revoke(long shareId) {
    revokedShares.add(shareId);
  }

  void add(Total total, BigInteger amount) {
    totals.merge(total, amount, BigInteger::add);
  }

  void add(Redone redone) {
    redos.add(redone);
  }

  void add(Answer answer) {
    answers.add(answer);
  }

  void add(Runnable effect) {
    effects.add(effect);
  }

  PeerTotals totalsOf(PeerId peer) {
    return peerTotals.computeIfAbsent(peer, id -> new PeerTotals());
  }

  /** Appends what happened after everything in this group. */
  void append(Group later) {
    appendChanges(later);
    effects.addAll(later.effects);
  }

  /** The same without what waits for the later group. */
  void appendChanges(Group later) {
    later.jobs.values().forEach(this::put);
    later.units.values().forEach(this::put);
    leases.addAll(later.leases);
    shares.addAll(later.shares);
    revokedShares.addAll(later.revokedShares);
    later.blocks.values().forEach(this::put);
    peers.putAll(later.peers);
    addPeerTotals(later.peerTotals);
    later.totals.forEach(this::add);
    standings.putAll(later.standings);
    conducts.putAll(later.conducts);
    samples.putAll(later.samples);
    redos.addAll(later.redos);
    answers.addAll(later.answers);
  }

  void addPeerTotals(Map<PeerId, PeerTotals> grown) {
    grown.forEach((peer, by) -> totalsOf(peer).add(by));
  }

  /** Which sample of the hash rate: how fine it is, and when the time began that it is of. */
  public record SampleKey(Resolution resolution, Instant at) {}
}

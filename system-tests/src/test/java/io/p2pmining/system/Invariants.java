package io.p2pmining.system;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.common.wire.v1.WorkunitAck.Rejection;
import io.p2pmining.common.wire.v1.WorkunitResult;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must hold of a database, and between it and what workers were told, whenever and however
 * often the master was killed. To be asked after the master has ended in order.
 */
final class Invariants {

  private static final Set<String> FINAL = Set.of("COMPLETED", "FAILED", "CANCELLED");

  private record Nonce(String job, long nonce) {}

  private record ResultKey(String peer, long resultId) {}

  private final StoredWork stored;
  private final Witness witness;
  private final Map<String, StoredWork.Job> jobs;
  private final Map<Long, StoredWork.Unit> units;
  private final Map<ResultKey, List<StoredWork.Share>> sharesByResult;
  private final Set<Nonce> nonces = new HashSet<>();

  Invariants(StoredWork stored, Witness witness) {
    this.stored = stored;
    this.witness = witness;
    this.jobs = stored.jobs().stream().collect(toMap(StoredWork.Job::id, Function.identity()));
    this.units = stored.units().stream().collect(toMap(StoredWork.Unit::id, Function.identity()));
    this.sharesByResult =
        stored.shares().stream()
            .collect(groupingBy(share -> new ResultKey(share.peer(), share.resultId())));
    stored.shares().forEach(share -> nonces.add(new Nonce(share.job(), share.nonce())));
  }

  void check() {
    assertThat(witness.contradictions()).as("verdicts that contradict each other").isEmpty();
    none("acknowledged shares that are not there, or not once", this::isShareAmiss);
    none("acknowledged ends of units that are not there", this::isEndAmiss);
    none("rejections without a reason", this::isRejectedWithoutReason);
    assertThat(stored.shares().size()).as("shares, each nonce once").isEqualTo(nonces.size());
    assertUnitsAreInOneState();
    assertRangesMeet();
    assertLeasesAreKnown();
    assertTotalsAreSums();
  }

  private void none(String what, Predicate<Witness.Settled> wrong) {
    assertThat(witness.settled().stream().filter(wrong).map(Object::toString)).as(what).isEmpty();
  }

  private boolean isShareAmiss(Witness.Settled settled) {
    WorkunitResult result = settled.result();
    if (!result.hasShare() || !settled.isAccepted()) {
      return false;
    }
    List<StoredWork.Share> rows =
        sharesByResult.getOrDefault(new ResultKey(settled.peer(), result.getResultId()), List.of());
    return rows.size() != 1 || !isOf(rows.getFirst(), result);
  }

  private static boolean isOf(StoredWork.Share row, WorkunitResult result) {
    byte[] hash = result.getShare().getHash().toByteArray();
    return row.job().equals(result.getJobId())
        && row.nonce() == nonceOf(result)
        && row.hash().equals(HexFormat.of().formatHex(hash))
        && row.block() == JobPoster.WANTED.isMetBy(hash);
  }

  private static long nonceOf(WorkunitResult result) {
    return Integer.toUnsignedLong(result.getShare().getNonce());
  }

  private boolean isEndAmiss(Witness.Settled settled) {
    WorkunitResult result = settled.result();
    return result.hasCompleted() && settled.isAccepted() && !isCompletedBy(settled);
  }

  private boolean isCompletedBy(Witness.Settled settled) {
    StoredWork.Unit unit = units.get(settled.result().getUnitId());
    return unit != null
        && unit.state().equals("COMPLETED")
        && unit.lease() == settled.result().getLease()
        && unit.resultId() == settled.result().getResultId()
        && settled.peer().equals(unit.peer());
  }

  /**
   * Honest work is rejected in two cases only: another worker, who was given the rest of a lost
   * lease, has found the same nonce; or the lease or the job has ended before.
   */
  private boolean isRejectedWithoutReason(Witness.Settled settled) {
    if (settled.isAccepted()) {
      return false;
    }
    WorkunitResult result = settled.result();
    boolean excused =
        result.hasShare()
            ? switch (settled.ack().getRejection()) {
              case REJECTION_DUPLICATE ->
                  nonces.contains(new Nonce(result.getJobId(), nonceOf(result)))
                      && !sharesByResult.containsKey(
                          new ResultKey(settled.peer(), result.getResultId()));
              case REJECTION_STALE -> hasEnded(result.getJobId());
              default -> false;
            }
            : settled.ack().getRejection() == Rejection.REJECTION_STALE
                && !isCompletedBy(settled)
                && (hasEnded(result.getJobId()) || isPast(result.getLease()));
    return !excused;
  }

  private boolean hasEnded(String job) {
    return !jobs.get(job).state().equals("ACTIVE");
  }

  private boolean isPast(long lease) {
    return stored.pastLeases().stream().anyMatch(past -> past.lease() == lease);
  }

  private void assertUnitsAreInOneState() {
    assertThat(stored.units())
        .as("units")
        .allMatch(unit -> FINAL.contains(unit.state()) || isPending(unit) || isHeld(unit))
        .allMatch(unit -> unit.searched() >= 0 && unit.searched() <= unit.count())
        .allMatch(unit -> !unit.state().equals("COMPLETED") || unit.searched() == unit.count());
  }

  private static boolean isPending(StoredWork.Unit unit) {
    return unit.state().equals("PENDING") && !unit.expires() && unit.searched() < unit.count();
  }

  private static boolean isHeld(StoredWork.Unit unit) {
    return unit.isLeased() && unit.expires() && unit.lease() > 0 && unit.peer() != null;
  }

  /** The units of a job lie side by side, from its first nonce to the last one that was cut. */
  private void assertRangesMeet() {
    Map<String, Long> ends = new TreeMap<>();
    List<String> gaps = new ArrayList<>();
    for (StoredWork.Unit unit : stored.units()) {
      StoredWork.Job job = jobs.get(unit.job());
      long end = ends.getOrDefault(job.id(), job.start());
      if (unit.start() != end) {
        gaps.add("after " + end + " comes " + unit);
      }
      ends.put(job.id(), unit.start() + unit.count());
    }
    assertThat(gaps).as("gaps and overlaps").isEmpty();
    for (StoredWork.Job job : stored.jobs()) {
      assertThat(ends.getOrDefault(job.id(), job.start()))
          .as("end of what was cut of %s", job)
          .isEqualTo(job.start() + job.cut());
      if (job.state().equals("COMPLETED") && !job.hasStopped()) {
        assertIsSearchedThrough(job);
      }
    }
  }

  /** A job that did not stop at its shares is complete because its whole range was searched. */
  private void assertIsSearchedThrough(StoredWork.Job job) {
    assertThat(job.cut()).as("%s is cut to its end", job).isEqualTo(job.count());
    assertThat(stored.units().stream().filter(unit -> unit.job().equals(job.id())))
        .as("units of %s", job)
        .allMatch(unit -> unit.state().equals("COMPLETED"));
  }

  /** A token is given once, and a master knows every lease that a worker was told of. */
  private void assertLeasesAreKnown() {
    Map<Long, Long> unitByLease = new TreeMap<>();
    stored.units().stream()
        .filter(unit -> unit.lease() > 0)
        .forEach(unit -> assertNew(unitByLease, unit.lease(), unit.id()));
    stored.pastLeases().stream()
        .filter(past -> !isLastOf(past))
        .forEach(past -> assertNew(unitByLease, past.lease(), past.unit()));
    assertThat(witness.told())
        .as("leases that workers were told of")
        .allMatch(
            told -> {
              Long unit = unitByLease.get(told.unit().getLease());
              return unit != null && unit == told.unit().getUnitId();
            });
    assertThat(
            witness.told().stream()
                .collect(groupingBy(told -> told.unit().getLease(), counting()))
                .entrySet())
        .as("how often workers were told of a lease")
        .allMatch(entry -> entry.getValue() == 1);
  }

  /** The unit still shows the lease that it had last. */
  private boolean isLastOf(StoredWork.PastLease past) {
    StoredWork.Unit unit = units.get(past.unit());
    return unit != null && unit.lease() == past.lease();
  }

  private static void assertNew(Map<Long, Long> unitByLease, long lease, long unit) {
    assertThat(unitByLease.put(lease, unit))
        .as("lease %d is of unit %d only", lease, unit)
        .isNull();
  }

  private void assertTotalsAreSums() {
    assertTotal("shares", BigInteger.valueOf(stored.shares().size()));
    assertTotal("shares.difficulty", sum(stored.shares().stream()));
    for (String state : FINAL) {
      long count = stored.units().stream().filter(unit -> unit.state().equals(state)).count();
      assertTotal("units." + state, BigInteger.valueOf(count));
    }
    stored.rejections().forEach((reason, count) -> assertTotal("shares." + reason, count));
    Map<String, List<StoredWork.Share>> byPeer =
        stored.shares().stream().collect(groupingBy(StoredWork.Share::peer));
    for (StoredWork.Peer peer : stored.peers()) {
      List<StoredWork.Share> shares = byPeer.getOrDefault(peer.id(), List.of());
      assertThat(peer.shares()).as("shares of %s", peer).isEqualTo(shares.size());
      assertThat(peer.difficulty()).as("work of %s", peer).isEqualTo(sum(shares.stream()));
    }
    assertJobsAreSums();
    assertThat(byPeer.keySet())
        .as("peers with shares")
        .isSubsetOf(stored.peers().stream().map(StoredWork.Peer::id).collect(Collectors.toSet()));
  }

  private void assertJobsAreSums() {
    Map<String, List<StoredWork.Unit>> unitsByJob =
        stored.units().stream().collect(groupingBy(StoredWork.Unit::job));
    Map<String, Long> sharesByJob =
        stored.shares().stream().collect(groupingBy(StoredWork.Share::job, counting()));
    for (StoredWork.Job job : stored.jobs()) {
      assertThat(job.shares())
          .as("shares of %s", job)
          .isEqualTo(sharesByJob.getOrDefault(job.id(), 0L));
      assertThat(job.searched())
          .as("nonces searched of %s", job)
          .isEqualTo(
              unitsByJob.getOrDefault(job.id(), List.of()).stream()
                  .filter(unit -> FINAL.contains(unit.state()))
                  .mapToLong(StoredWork.Unit::searched)
                  .sum());
    }
  }

  private static BigInteger sum(Stream<StoredWork.Share> shares) {
    return shares.map(StoredWork.Share::difficulty).reduce(BigInteger.ZERO, BigInteger::add);
  }

  private void assertTotal(String name, BigInteger expected) {
    assertThat(stored.totals().getOrDefault(name, BigInteger.ZERO))
        .as("total %s", name)
        .isEqualTo(expected);
  }

  /** Every lease of these workers is one that they go on with, and the other way round. */
  void checkHeld(Map<String, Set<HeldUnit>> inHand) {
    Map<String, Set<HeldUnit>> leased =
        stored.units().stream()
            .filter(StoredWork.Unit::isLeased)
            .filter(unit -> inHand.containsKey(unit.peer()))
            .collect(
                groupingBy(
                    StoredWork.Unit::peer,
                    Collectors.mapping(
                        unit ->
                            HeldUnit.newBuilder()
                                .setUnitId(unit.id())
                                .setLease(unit.lease())
                                .build(),
                        Collectors.toSet())));
    inHand.forEach(
        (peer, held) ->
            assertThat(leased.getOrDefault(peer, Set.of()))
                .as("leases of %s", peer)
                .isEqualTo(held));
  }
}

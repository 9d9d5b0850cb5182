package io.p2pmining.master.store;

import io.p2pmining.master.peer.RateSample;
import io.p2pmining.master.peer.Resolution;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.trust.KeptConduct;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Redone;
import io.p2pmining.master.work.Rejection;
import java.math.BigInteger;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A group as it stands in the log: the one place that says what of a {@link Group} is logged. A
 * component that a record of an earlier version lacks is empty. Descriptions of peers are left out:
 * they need not be durable.
 *
 * @param master whose group it is
 * @param number the group's number
 * @param after the number of the group that was logged before it
 */
record LogRecord(
    UUID master,
    long number,
    long after,
    @Nullable Collection<JobChange> jobs,
    @Nullable Collection<UnitChange> units,
    @Nullable List<PastLease> leases,
    @Nullable List<CreditedShare> shares,
    @Nullable List<Long> revokedShares,
    @Nullable Collection<BlockChange> blocks,
    @Nullable Collection<LoggedTotals> peerTotals,
    @Nullable Map<String, BigInteger> totals,
    @Nullable Collection<LoggedStanding> standings,
    @Nullable Collection<LoggedConduct> conducts,
    @Nullable Collection<LoggedSample> samples,
    @Nullable List<Redone> redos,
    @Nullable List<Answer> answers) {

  /** By how much the totals of a peer grew. */
  record LoggedTotals(
      PeerId peer, long accepted, BigInteger difficulty, Map<Rejection, Long> rejected) {}

  record LoggedStanding(PeerId peer, Standing standing) {}

  record LoggedConduct(PeerId peer, KeptConduct conduct) {}

  record LoggedSample(Resolution resolution, RateSample sample) {}

  static LogRecord of(Group group, UUID master, long after) {
    return new LogRecord(
        master,
        group.number(),
        after,
        group.jobs(),
        group.units(),
        group.leases(),
        group.shares(),
        group.revokedShares(),
        group.blocks(),
        listed(group.peerTotals(), LogRecord::logged),
        byName(group.totals()),
        listed(group.standings(), LoggedStanding::new),
        listed(group.conducts(), LoggedConduct::new),
        listed(group.samples(), (key, sample) -> new LoggedSample(key.resolution(), sample)),
        group.redos(),
        group.answers());
  }

  private static <K, V, T> List<T> listed(Map<K, V> map, BiFunction<K, V, T> logged) {
    return map.entrySet().stream().map(e -> logged.apply(e.getKey(), e.getValue())).toList();
  }

  private static LoggedTotals logged(PeerId peer, PeerTotals totals) {
    return new LoggedTotals(peer, totals.accepted(), totals.difficulty(), totals.rejected());
  }

  private static Map<String, BigInteger> byName(Map<Total, BigInteger> totals) {
    Map<String, BigInteger> byName = new LinkedHashMap<>();
    totals.forEach((total, amount) -> byName.put(total.name(), amount));
    return byName;
  }

  Group toGroup() {
    Group group = new Group();
    group.number(number);
    orEmpty(jobs).forEach(group::put);
    orEmpty(units).forEach(group::put);
    orEmpty(leases).forEach(group::add);
    orEmpty(shares).forEach(group::add);
    orEmpty(revokedShares).forEach(group::revoke);
    orEmpty(blocks).forEach(group::put);
    orEmpty(peerTotals)
        .forEach(
            t ->
                group
                    .totalsOf(t.peer())
                    .add(new PeerTotals(t.accepted(), t.difficulty(), t.rejected())));
    Objects.requireNonNullElse(totals, Map.<String, BigInteger>of())
        .forEach((name, amount) -> group.add(new Total(name), amount));
    orEmpty(standings).forEach(logged -> group.put(logged.peer(), logged.standing()));
    orEmpty(conducts).forEach(logged -> group.put(logged.peer(), logged.conduct()));
    orEmpty(samples)
        .forEach(
            logged ->
                group.put(
                    new Group.SampleKey(logged.resolution(), logged.sample().at()),
                    logged.sample()));
    orEmpty(redos).forEach(group::add);
    orEmpty(answers).forEach(group::add);
    return group;
  }

  private static <T> Collection<T> orEmpty(@Nullable Collection<T> logged) {
    return logged == null ? List.of() : logged;
  }
}

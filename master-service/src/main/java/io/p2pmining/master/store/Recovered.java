package io.p2pmining.master.store;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.trust.KeptConduct;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What is still of use from the masters that this one succeeds, oldest first. Immutable.
 *
 * @param units the units that have not ended
 * @param leases on which terms units of the jobs were leased, as far back as it may matter
 * @param credited the nonces of the jobs that were credited
 * @param blocks the latest blocks, whoever found them
 * @param endedUnits how many units ended in which state, in the whole cluster
 * @param totals what was found, in the whole cluster
 * @param standings the peers that are out of service, whoever said so
 * @param conducts how honest peers have proven
 */
public record Recovered(
    List<KeptJob> jobs,
    List<WorkUnit> units,
    List<KeptLease> leases,
    List<CreditedNonce> credited,
    List<FoundBlock> blocks,
    Map<UnitState, Long> endedUnits,
    ShareLedger.Totals totals,
    SequencedMap<PeerId, Standing> standings,
    SequencedMap<PeerId, KeptConduct> conducts) {

  /** Nothing: this is the first start. */
  public static final Recovered NOTHING =
      new Recovered(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Map.of(),
          ShareLedger.Totals.NONE,
          new LinkedHashMap<>(),
          new LinkedHashMap<>());

  public Recovered {
    jobs = List.copyOf(jobs);
    units = List.copyOf(units);
    leases = List.copyOf(leases);
    credited = List.copyOf(credited);
    blocks = List.copyOf(blocks);
    endedUnits = Map.copyOf(endedUnits);
    standings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(standings));
    conducts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(conducts));
  }

  /** A job with what its source needs to go on with it. */
  public record KeptJob(JobView view, Bytes keepsake) {}

  /**
   * The terms of a lease.
   *
   * @param settledBy the worker's id of the result that ended it and was accepted; 0 if none was
   */
  public record KeptLease(
      UnitRef ref,
      String jobId,
      PeerId peer,
      NonceRange range,
      Target shareTarget,
      long settledBy) {}

  /** A nonce that was credited, and the result by which. */
  public record CreditedNonce(String jobId, long nonce, PeerId peer, long resultId) {}
}

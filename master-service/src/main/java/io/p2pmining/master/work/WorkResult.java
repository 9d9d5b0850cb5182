package io.p2pmining.master.work;

import io.p2pmining.common.work.Bytes;
import java.time.Duration;

/** What a worker reports about a unit, each under an id that it never uses for anything else. */
public sealed interface WorkResult {

  /** The worker's id of this result. */
  long resultId();

  /** The unit and the lease under which it was searched. */
  UnitRef ref();

  /**
   * A nonce that is said to meet the share target.
   *
   * @param jobId the job as the worker knows it
   * @param nonce 0 to 2³² − 1
   * @param hash the claimed hash, 32 bytes
   */
  record ShareFound(long resultId, UnitRef ref, String jobId, long nonce, Bytes hash)
      implements WorkResult {}

  /**
   * The whole leased range has been searched.
   *
   * @param searched how many nonces
   */
  record RangeCompleted(long resultId, UnitRef ref, long searched, Duration elapsed)
      implements WorkResult {}

  /**
   * The worker gives the unit up.
   *
   * @param searched how many of the first nonces it has searched
   */
  record RangeFailed(long resultId, UnitRef ref, long searched, String reason)
      implements WorkResult {}
}

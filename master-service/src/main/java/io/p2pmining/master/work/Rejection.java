package io.p2pmining.master.work;

/** Why a result was not accepted. */
public enum Rejection {
  /** The hash is not that of the nonce. */
  BAD_HASH,
  /** The proof is above the share target. */
  LOW_DIFFICULTY,
  /** The nonce was credited before. */
  DUPLICATE,
  /** Too late: the job is long obsolete, or the lease no longer current. */
  STALE,
  /** The nonce is not in the leased range. */
  OUT_OF_RANGE,
  /** No such lease was given to this worker. */
  UNKNOWN_UNIT,
  /** It makes no sense. */
  MALFORMED
}

package io.p2pmining.master.job;

import io.p2pmining.common.work.Bytes;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where jobs come from and blocks go. Safe for use by any thread. A source does its own blocking
 * work on its own threads; no method here waits for the network.
 */
public interface JobSource extends AutoCloseable {

  /** Unique among the sources of a master, for example {@code monero}. */
  String name();

  /**
   * What this source needs besides the job itself to go on with it in another process; empty if
   * nothing. Kept with the job.
   */
  default Bytes keepsake(Job job) {
    return Bytes.EMPTY;
  }

  /**
   * Takes up a job that an earlier process delivered. Called before {@link #start}, for each of the
   * source's jobs that had not ended, oldest first, and for jobs with a block on its way.
   *
   * @param keepsake what {@link #keepsake} gave then
   */
  default Resumption resume(Job job, Bytes keepsake) {
    return Resumption.OBSOLETE;
  }

  /** What becomes of a job of an earlier process. */
  enum Resumption {
    /** As it was: if units were cut from it, they still are. */
    AS_BEFORE,
    /** The units in hand are finished and their shares count; no more are cut. */
    UNITS_IN_HAND,
    /** It is worthless, or this source cannot tell. */
    OBSOLETE
  }

  /** Begins to deliver jobs, one call at a time, until {@link #close()}. Called once. */
  void start(JobListener listener);

  /** How the source is doing now. */
  SourceStatus status();

  /**
   * A job over the same template with a fresh extra nonce, for when the nonces of {@code exhausted}
   * have all been handed out. Empty if the job is obsolete.
   */
  Optional<Job> nextVariant(Job exhausted);

  /**
   * Hands over a block at once. The future never fails: trouble on the way is an outcome. It
   * completes when the outcome is known for certain.
   */
  CompletableFuture<BlockOutcome> submit(BlockCandidate candidate);

  /**
   * Told of every share that was verified and accepted; most sources do not care.
   *
   * @param difficulty how many hashes the share stands for
   */
  default void shareAccepted(Job job, BigInteger difficulty) {}

  @Override
  void close();
}

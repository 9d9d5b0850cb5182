package io.p2pmining.master.job;

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

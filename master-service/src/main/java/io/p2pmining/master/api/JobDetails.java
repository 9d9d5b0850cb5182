package io.p2pmining.master.api;

import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.FiniteTerms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobProgress;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.job.JobView;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as the API shows it; bytes are in hex. {@code progress} is the part of its nonces that has
 * been searched, {@code hashesPerSecond} how fast that advances.
 */
record JobDetails(
    String id,
    String source,
    String algorithm,
    JobState state,
    boolean current,
    long height,
    @Nullable BigInteger difficulty,
    String blob,
    int nonceOffset,
    String seedHash,
    String nextSeedHash,
    String extraNonce,
    long nonceStart,
    long nonceCount,
    long noncesCut,
    Instant createdAt,
    @Nullable Instant endedAt,
    boolean finite,
    int priority,
    @Nullable BigInteger shareDifficulty,
    @Nullable Long stopAfterShares,
    long noncesTotal,
    long noncesSearched,
    double progress,
    double hashesPerSecond,
    @Nullable Instant estimatedEndAt,
    long sharesFound) {

  /** A job whose rate is not asked for. */
  static JobDetails of(JobView view) {
    return of(view, Instant.EPOCH);
  }

  /**
   * A job as it is now.
   *
   * @param now from when the time is counted that is left
   */
  static JobDetails of(JobView view, Instant now) {
    Job job = view.job();
    Target network = job.networkTarget();
    FiniteTerms terms = job.finite();
    JobProgress done = view.progress();
    return new JobDetails(
        job.id(),
        job.source(),
        job.algorithm(),
        view.state(),
        view.current(),
        job.height(),
        network == null ? null : network.difficulty(),
        job.blob().toHex(),
        job.nonceOffset(),
        job.seedHash().toHex(),
        job.nextSeedHash().toHex(),
        job.extraNonce().toHex(),
        job.range().start(),
        job.range().count(),
        view.noncesCut(),
        job.createdAt(),
        view.endedAt(),
        terms != null,
        job.priority(),
        terms == null ? null : terms.shareTarget().difficulty(),
        terms == null || terms.stopAfterShares() == 0 ? null : (Long) terms.stopAfterShares(),
        done.nonces(),
        done.searched(),
        done.part(),
        done.hashesPerSecond(),
        estimatedEnd(view, now),
        done.shares());
  }

  /** Of a job that ends when it is searched, if it advances. */
  private static @Nullable Instant estimatedEnd(JobView view, Instant now) {
    return view.state() == JobState.ACTIVE && view.job().finite() != null
        ? view.progress().timeLeft().map(now::plus).orElse(null)
        : null;
  }
}

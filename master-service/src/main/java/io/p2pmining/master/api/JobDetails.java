package io.p2pmining.master.api;

import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.job.JobView;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job as the API shows it; bytes are in hex. */
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
    @Nullable Instant endedAt) {

  static JobDetails of(JobView view) {
    Job job = view.job();
    Target network = job.networkTarget();
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
        view.endedAt());
  }
}

package io.p2pmining.master.dispatch;

import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkResult.ShareFound;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A share with everything that judging it takes. */
record ShareClaim(
    ShareFound share, Leases.Terms terms, PowAlgorithm algorithm, byte[] input, byte[] proof) {

  /** Null if the hash has the wrong length, or the share names another job than its lease. */
  static @Nullable ShareClaim of(ShareFound share, Leases.Terms terms, PowAlgorithms algorithms) {
    Job job = terms.job();
    Optional<PowAlgorithm> algorithm = algorithms.find(job.algorithm());
    if (algorithm.isEmpty()
        || share.hash().length() != Hasher.HASH_LENGTH
        || !share.jobId().equals(job.id())) {
      return null;
    }
    byte[] input = job.blobWith(share.nonce());
    byte[] proof = new byte[Hasher.HASH_LENGTH];
    algorithm.get().proof(input, input.length, share.hash().toArray(), proof);
    return new ShareClaim(share, terms, algorithm.get(), input, proof);
  }

  Job job() {
    return terms.job();
  }

  boolean meets(Target target) {
    return target.isMetBy(proof);
  }

  /** Whether it meets what the job is about. */
  boolean meetsJob() {
    Target network = job().networkTarget();
    return network != null && meets(network);
  }

  /** Whether it goes to a chain. */
  boolean isBlock() {
    return job().finite() == null && meetsJob();
  }

  Verdict verdict() {
    return isBlock() ? new Verdict.FoundBlock() : new Verdict.Accepted();
  }

  Target networkTarget() {
    Target network = job().networkTarget();
    if (network == null) {
      throw new IllegalStateException("job=" + job().id() + " has no network target");
    }
    return network;
  }
}

package io.p2pmining.benchmarks.load;

import org.jspecify.annotations.Nullable;

/** Which change of jobs is under way. Safe for use by any thread. */
final class JobSwitches {

  private final int workers;
  private volatile @Nullable JobSwitch latest;

  JobSwitches(int workers) {
    this.workers = workers;
  }

  /** From now on workers are expected to lose their units and to get work from this job. */
  JobSwitch expect(String jobId) {
    JobSwitch next = new JobSwitch(workers, jobId);
    latest = next;
    return next;
  }

  /** The last one that was begun; null if none was. */
  @Nullable JobSwitch latest() {
    return latest;
  }
}

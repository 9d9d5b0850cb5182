package io.p2pmining.master.peer;

import java.time.Instant;
import java.util.List;

/** Where samples of the hash rate outlive the process. Safe for use by any thread. */
public interface StoredSamples {

  /**
   * Keeps a sample, complete or not, in place of one of the same time. Returns at once; what is
   * seconds old may be lost with the process.
   */
  void store(Resolution resolution, RateSample sample);

  /**
   * The samples from {@code since} on, oldest first; called once for each resolution. Waits for the
   * database.
   */
  List<RateSample> load(Resolution resolution, Instant since);
}

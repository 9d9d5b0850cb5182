package io.p2pmining.master.peer;

import java.time.Instant;
import java.util.List;

/**
 * Where samples of the hash rate outlive the process. Only resolutions that are {@linkplain
 * Resolution#isWorthStoring() worth it} come here: at most one sample every two minutes. Called by
 * the thread that samples; may take as long as a transaction takes.
 */
public interface StoredSamples {

  /** Keeps nothing. */
  StoredSamples NONE =
      new StoredSamples() {
        @Override
        public void store(Resolution resolution, RateSample sample) {}

        @Override
        public List<RateSample> load(Resolution resolution, Instant since) {
          return List.of();
        }
      };

  /** Keeps a sample that is complete; replaces one of the same time. */
  void store(Resolution resolution, RateSample sample);

  /** The samples from {@code since} on, oldest first; called once for each resolution. */
  List<RateSample> load(Resolution resolution, Instant since);
}

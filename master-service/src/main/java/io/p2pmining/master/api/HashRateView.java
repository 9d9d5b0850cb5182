package io.p2pmining.master.api;

import io.p2pmining.master.peer.RateSample;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * The cluster's hash rate over a time.
 *
 * @param stepSeconds the time that each sample is the mean of, beginning at {@code at}
 * @param samples oldest first; where the master did not run, there are none
 */
record HashRateView(
    String window, long stepSeconds, Instant from, Instant to, List<Sample> samples) {

  HashRateView {
    samples = List.copyOf(samples);
  }

  /** A mean of the rate over the step that begins at {@code at}. */
  @Schema(name = "RateSample")
  record Sample(Instant at, double hashesPerSecond) {

    static Sample of(RateSample sample) {
      return new Sample(sample.at(), sample.hashesPerSecond());
    }
  }
}

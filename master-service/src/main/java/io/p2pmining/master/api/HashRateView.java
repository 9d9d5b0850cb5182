package io.p2pmining.master.api;

import io.p2pmining.master.peer.RateSample;
import java.time.Instant;
import java.util.List;

/**
 * The cluster's hash rate over a time.
 *
 * @param stepSeconds the time that each sample is the mean of, beginning at {@code at}
 * @param samples oldest first; where the master did not run, there are none
 */
record HashRateView(
    String window, long stepSeconds, Instant from, Instant to, List<RateSample> samples) {

  HashRateView {
    samples = List.copyOf(samples);
  }
}

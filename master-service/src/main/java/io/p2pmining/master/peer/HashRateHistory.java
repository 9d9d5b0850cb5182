package io.p2pmining.master.peer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The cluster's hash rate over the last while, finely for minutes and coarsely for a month. Guarded
 * by its own lock, which is not held while samples are stored.
 */
public final class HashRateHistory {

  /** {@link #INTERVAL} as a constant for annotations. */
  static final int INTERVAL_SECONDS = 5;

  /** How often {@link #sample} is to be called. */
  public static final Duration INTERVAL = Duration.ofSeconds(INTERVAL_SECONDS);

  private final InstantSource clock;
  private final StoredSamples stored;
  private final Map<Resolution, SampleRing> rings = new EnumMap<>(Resolution.class);

  /** A history that goes on where the stored one ended. */
  public HashRateHistory(InstantSource clock, StoredSamples stored) {
    this.clock = clock;
    this.stored = stored;
    for (Resolution resolution : Resolution.values()) {
      Instant since = clock.instant().minus(resolution.reach());
      List<RateSample> known = stored.load(resolution, since);
      rings.put(resolution, new SampleRing(resolution, known, clock.instant()));
    }
  }

  /** Adds the rate of this moment. Called by one thread. */
  public void sample(double hashesPerSecond) {
    Instant now = clock.instant();
    Map<Resolution, RateSample> newest = new EnumMap<>(Resolution.class);
    synchronized (this) {
      rings.forEach((resolution, ring) -> newest.put(resolution, ring.add(hashesPerSecond, now)));
    }
    newest.forEach(stored::store);
  }

  /**
   * The mean over the last {@code window}, or since the first sample if that is shorter; 0 before
   * it. At most the finest resolution's reach.
   */
  public synchronized double average(Duration window) {
    int wanted = (int) Math.max(1, window.dividedBy(INTERVAL));
    Instant oldest = clock.instant().minus(window).minus(INTERVAL);
    return ring(Resolution.FIVE_SECONDS).newest(wanted).stream()
        .filter(sample -> sample.at().isAfter(oldest))
        .mapToDouble(RateSample::hashesPerSecond)
        .average()
        .orElse(0);
  }

  /**
   * The samples of the last {@code window}, oldest first. Times without a sample are left out; the
   * last sample may still change.
   */
  public synchronized List<RateSample> samples(Resolution resolution, Duration window) {
    Instant since = clock.instant().minus(window);
    return new ArrayList<>(ring(resolution).since(since));
  }

  private SampleRing ring(Resolution resolution) {
    SampleRing ring = rings.get(resolution);
    if (ring == null) {
      throw new IllegalStateException("resolution=" + resolution);
    }
    return ring;
  }
}

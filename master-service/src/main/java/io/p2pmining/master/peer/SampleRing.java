package io.p2pmining.master.peer;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The samples of one resolution, and the one that is not complete yet. Guarded by the history. */
final class SampleRing {

  private final Resolution resolution;
  private final Deque<RateSample> complete = new ArrayDeque<>();
  private @Nullable Instant openSince;
  private double sum;
  private int count;

  /** A ring that goes on with what was stored, also with a sample that is not complete. */
  SampleRing(Resolution resolution, List<RateSample> stored, Instant now) {
    this.resolution = resolution;
    for (RateSample sample : stored) {
      if (sample.at().equals(stepOf(now))) {
        openSince = sample.at();
        sum = sample.hashesPerSecond() * sample.measurements();
        count = sample.measurements();
      } else {
        keep(sample);
      }
    }
  }

  /** Adds a measurement, and returns the sample that it is part of. */
  RateSample add(double hashesPerSecond, Instant now) {
    Instant step = stepOf(now);
    Instant open = openSince;
    if (open != null && !open.equals(step)) {
      keep(sample(open));
    }
    if (open == null || !open.equals(step)) {
      openSince = step;
      sum = 0;
      count = 0;
    }
    sum += hashesPerSecond;
    count++;
    return sample(step);
  }

  private RateSample sample(Instant at) {
    return new RateSample(at, sum / count, count);
  }

  /** The samples from {@code since} on, oldest first; the last one may not be complete. */
  List<RateSample> since(Instant since) {
    List<RateSample> samples = new ArrayList<>();
    for (RateSample sample : complete) {
      if (!sample.at().isBefore(since)) {
        samples.add(sample);
      }
    }
    Instant open = openSince;
    if (open != null && !open.isBefore(since)) {
      samples.add(sample(open));
    }
    return samples;
  }

  /** The newest samples, the one that is not complete included, newest first. */
  List<RateSample> newest(int most) {
    List<RateSample> all = since(Instant.MIN).reversed();
    return all.subList(0, Math.min(most, all.size()));
  }

  private void keep(RateSample sample) {
    complete.addLast(sample);
    if (complete.size() > resolution.capacity()) {
      complete.removeFirst();
    }
  }

  private Instant stepOf(Instant now) {
    long step = resolution.step().toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), step) * step);
  }
}

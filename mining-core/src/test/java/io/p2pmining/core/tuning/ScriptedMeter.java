package io.p2pmining.core.tuning;

import io.p2pmining.core.miner.MiningShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** A machine whose rates a test makes up. */
final class ScriptedMeter implements RateMeter {

  /** What was measured, in that order, disturbed measurements included. */
  final List<MiningShape> measured = new ArrayList<>();

  final List<MiningShape> calmed = new ArrayList<>();
  final Set<MiningShape> refused = new HashSet<>();

  /** Numbers of measurements, from 0, that something disturbs. */
  final Set<Integer> disturbed = new HashSet<>();

  Duration lastWindow = Duration.ZERO;
  long hashesPerReading = 10_000;
  private final ToDoubleFunction<MiningShape> rate;
  private long spentNanos;

  ScriptedMeter(ToDoubleFunction<MiningShape> rate) {
    this.rate = rate;
  }

  @Override
  public Reading measure(MiningShape shape, Duration window) {
    lastWindow = window;
    spentNanos += window.toNanos();
    measured.add(shape);
    if (refused.contains(shape)) {
      return new Reading.Refused();
    }
    return disturbed.contains(measured.size() - 1)
        ? new Reading.Disturbed()
        : new Reading.Rate(rate.applyAsDouble(shape), hashesPerReading);
  }

  @Override
  public void awaitCalm(MiningShape shape) {
    calmed.add(shape);
  }

  @Override
  public long spentNanos() {
    return spentNanos;
  }
}

package io.p2pmining.master.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HashRateHistoryTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = START;
  private final Storage storage = new Storage();
  private final HashRateHistory history = new HashRateHistory(() -> now, storage);

  @Test
  void isZeroBeforeTheFirstSample() {
    assertThat(history.average(MINUTE)).isZero();
    assertThat(history.samples(Resolution.ONE_HOUR, Duration.ofDays(30))).isEmpty();
  }

  @Test
  void averagesWhatThereIsWhenTheWindowIsLonger() {
    sample(100, 1);
    sample(300, 1);

    assertThat(history.average(MINUTE)).isEqualTo(200);
  }

  @Test
  void looksBackNoFurtherThanTheWindow() {
    sample(1000, 12);
    sample(10, 12);

    assertThat(history.average(MINUTE)).isEqualTo(10);
    assertThat(history.average(MINUTE.multipliedBy(2))).isEqualTo(505);
  }

  @Test
  void forgetsWhatIsOlderThanItsReach() {
    sample(1_000_000, 100);
    sample(7, 181);

    assertThat(history.average(Duration.ofMinutes(15))).isEqualTo(7);
    assertThat(history.average(Duration.ofDays(1))).isEqualTo(7);
  }

  @Test
  void keepsMeansOfEachStep() {
    sample(100, 12);
    sample(300, 12);
    sample(50, 1);

    assertThat(history.samples(Resolution.TWO_MINUTES, Duration.ofHours(24)))
        .containsExactly(
            new RateSample(START, 200, 24),
            new RateSample(START.plus(MINUTE.multipliedBy(2)), 50, 1));
    assertThat(history.samples(Resolution.FIVE_SECONDS, MINUTE)).hasSize(12);
  }

  @Test
  void leavesOutTheTimeInWhichNobodySampled() {
    sample(100, 1);
    now = START.plus(Duration.ofHours(5));
    sample(40, 1);

    assertThat(history.samples(Resolution.ONE_HOUR, Duration.ofDays(30)))
        .containsExactly(
            new RateSample(START, 100, 1), new RateSample(START.plus(Duration.ofHours(5)), 40, 1));
  }

  @Test
  void keepsAMonthInBoundedMemory() {
    for (int minute = 0; minute < 40 * 24 * 60; minute++) {
      history.sample(minute);
      now = now.plus(MINUTE);
    }

    assertThat(history.samples(Resolution.TWO_MINUTES, Duration.ofDays(99))).hasSize(721);
    List<RateSample> month = history.samples(Resolution.ONE_HOUR, Duration.ofDays(99));
    assertThat(month).hasSize(721);
    assertThat(month.getFirst().at()).isEqualTo(now.minus(Duration.ofHours(721)));
  }

  @Test
  void goesOnWithEverySampleAlsoOnesThatAreNotComplete() {
    sample(100, 12 * 60);
    sample(300, 12 * 60 + 1);
    sample(500, 7);
    HashRateHistory restarted = new HashRateHistory(() -> now, storage);

    assertThat(storage.load(Resolution.ONE_HOUR, Instant.MIN))
        .contains(new RateSample(START, 100, 720), new RateSample(START.plus(HOUR), 300, 720));
    for (Resolution resolution : Resolution.values()) {
      assertThat(restarted.samples(resolution, resolution.reach()))
          .as("%s", resolution)
          .isEqualTo(history.samples(resolution, resolution.reach()));
    }

    sample(restarted, 500, 40);
    assertThat(restarted.samples(Resolution.ONE_HOUR, Duration.ofDays(30)).getLast())
        .satisfies(last -> assertThat(last.at()).isEqualTo(START.plus(HOUR.multipliedBy(2))))
        .satisfies(last -> assertThat(last.measurements()).isEqualTo(48))
        .satisfies(last -> assertThat(last.hashesPerSecond()).isEqualTo((300 + 47 * 500) / 48.0));
  }

  @Test
  void averagesNothingThatIsOlderThanTheWindow() {
    sample(1000, 12);
    now = now.plus(Duration.ofMinutes(5));
    HashRateHistory restarted = new HashRateHistory(() -> now, storage);

    assertThat(restarted.average(MINUTE)).isZero();
    sample(restarted, 10, 1);
    assertThat(restarted.average(MINUTE)).isEqualTo(10);
  }

  /** Samples come every five seconds, beginning now. */
  private void sample(double rate, int times) {
    sample(history, rate, times);
  }

  private void sample(HashRateHistory into, double rate, int times) {
    for (int i = 0; i < times; i++) {
      into.sample(rate);
      now = now.plus(HashRateHistory.INTERVAL);
    }
  }

  private static final class Storage implements StoredSamples {

    private final Map<Resolution, Map<Instant, RateSample>> kept = new EnumMap<>(Resolution.class);

    @Override
    public void store(Resolution resolution, RateSample sample) {
      kept.computeIfAbsent(resolution, r -> new TreeMap<>()).put(sample.at(), sample);
    }

    @Override
    public List<RateSample> load(Resolution resolution, Instant since) {
      return kept.getOrDefault(resolution, Map.of()).values().stream()
          .filter(sample -> !sample.at().isBefore(since))
          .toList();
    }
  }
}

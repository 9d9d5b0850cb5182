package io.p2pmining.core.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.miner.Miner;
import io.p2pmining.core.miner.MinerListener;
import io.p2pmining.core.miner.MinerSettings;
import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.miner.MiningTask;
import io.p2pmining.core.miner.SeedKey;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.pow.Target;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveMeterTest {

  private static final Duration WINDOW = Duration.ofSeconds(7);
  private static final PowAlgorithm SHA = PowAlgorithms.load().find("sha256d").orElseThrow();
  private static final MiningShape ONE =
      new MiningShape(1, 1, PrefetchMode.AUTO, PagePolicy.AUTO, List.of());
  private static final MiningShape TWO = ONE.withThreads(2, List.of());

  private final AtomicBoolean onBattery = new AtomicBoolean();
  private final Hours time = new Hours();
  private final Miner miner =
      Miner.start(MinerSettings.ofThreads(1).withSpareThreads(1), new Nobody());
  private final LiveMeter meter =
      new LiveMeter(miner, SHA, HashingMode.LIGHT, onBattery::get, time);

  /** A clock that moves when somebody sleeps, while threads really hash. */
  private final class Hours implements TuningTime {

    long now;
    Runnable during = () -> {};

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      now += duration.toNanos();
      long before = miner.totalHashes();
      if (duration.compareTo(Duration.ofMillis(10)) < 0) {
        Thread.sleep(1); // threads change over in real time
      } else if (duration.equals(WINDOW)) {
        during.run();
        while (miner.totalHashes() < before + 1000
            && miner.undisturbed(SHA, HashingMode.LIGHT).isPresent()) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private static final class Nobody implements MinerListener {
    @Override
    public void shareFound(MiningTask task, long nonce, byte[] hash) {}

    @Override
    public void rangeCompleted(MiningTask task, long searched, Duration elapsed) {}

    @Override
    public void rangeFailed(MiningTask task, long searched, String reason) {}
  }

  @BeforeEach
  void mines() {
    miner.submit(task());
    while (miner.undisturbed(SHA, HashingMode.LIGHT).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void stops() {
    miner.close();
  }

  private static MiningTask task() {
    return new MiningTask(
        SeedKey.of(SHA, new byte[0], HashingMode.LIGHT),
        new byte[80],
        76,
        0,
        1L << 32,
        Target.forDifficulty(BigInteger.ONE.shiftLeft(255)));
  }

  @Test
  void countsWhatIsHashedInAWindow() throws Exception {
    Reading reading = meter.measure(TWO, WINDOW);
    assertThat(reading).isInstanceOf(Reading.Rate.class);
    Reading.Rate rate = (Reading.Rate) reading;
    assertThat(rate.hashes()).isGreaterThanOrEqualTo(1000);
    assertThat(rate.hashesPerSecond()).isEqualTo(rate.hashes() / 7.0);
    assertThat(miner.shape(SHA, HashingMode.LIGHT)).isEqualTo(TWO);
    assertThat(miner.hashes(1)).as("the second thread has been called up").isPositive();
    assertThat(Duration.ofNanos(meter.spentNanos())).isGreaterThanOrEqualTo(WINDOW);
  }

  @Test
  void doesNotCountAWindowWithAPause() throws Exception {
    time.during =
        () -> {
          miner.pause();
          miner.resume();
        };
    assertThat(meter.measure(ONE, WINDOW)).isEqualTo(new Reading.Disturbed());
  }

  @Test
  void doesNotCountThrottledWindows() throws Exception {
    time.during = () -> miner.setThrottle(30);
    assertThat(meter.measure(ONE, WINDOW)).as("it begins").isEqualTo(new Reading.Disturbed());
    assertThat(meter.measure(ONE, WINDOW)).as("it goes on").isEqualTo(new Reading.Disturbed());
    time.during = () -> {};
    miner.setThrottle(100);
    assertThat(meter.measure(ONE, WINDOW)).isInstanceOf(Reading.Rate.class);
  }

  @Test
  void doesNotCountWindowsOnBattery() throws Exception {
    time.during = () -> onBattery.set(true);
    assertThat(meter.measure(ONE, WINDOW)).isEqualTo(new Reading.Disturbed());
  }

  @Test
  void doesNotCountAWindowWithoutNonces() throws Exception {
    time.during = miner::close;
    assertThat(meter.measure(ONE, WINDOW)).isEqualTo(new Reading.Disturbed());
  }

  @Test
  void refusesAShapeThatTheMinerGivesUp() throws Exception {
    time.during = () -> miner.setShape(SHA, HashingMode.LIGHT, TWO);
    assertThat(meter.measure(ONE, WINDOW)).isEqualTo(new Reading.Refused());
  }

  @Test
  void waitsUntilNothingDisturbsInAShapeThatIsKnown() throws Exception {
    miner.setShape(SHA, HashingMode.LIGHT, TWO);
    onBattery.set(true);
    miner.pause();
    AtomicInteger asked = new AtomicInteger();
    LiveMeter patient =
        new LiveMeter(
            miner,
            SHA,
            HashingMode.LIGHT,
            () -> {
              if (asked.incrementAndGet() == 3) {
                onBattery.set(false);
              }
              return onBattery.get();
            },
            new TuningTime() {
              @Override
              public long nanoTime() {
                return 0;
              }

              @Override
              public void sleep(Duration duration) {
                miner.resume();
              }
            });
    patient.awaitCalm(ONE);
    assertThat(asked).hasValue(3);
    assertThat(miner.shape(SHA, HashingMode.LIGHT)).isEqualTo(ONE);
    assertThat(miner.undisturbed(SHA, HashingMode.LIGHT)).isPresent();
  }
}

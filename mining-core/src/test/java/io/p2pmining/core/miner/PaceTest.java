package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;

  private long nowNanos = -5;
  private int percent = 100;
  private final Pace pace = new Pace(() -> nowNanos, () -> percent);

  @ParameterizedTest
  @CsvSource({
    "1,300",
    "1,1300000",
    "10,1300000",
    "25,300",
    "50,1300000",
    "75,25000000",
    "90,1300000",
    "99,1300000",
    "100,1300000"
  })
  void hashesForItsShareOfEachSecond(int share, long claimNanos) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    percent = share;
    long hashed = 0;
    hash(0);
    long start = nowNanos;
    while (nowNanos - start < SECOND) {
      hashed += claimNanos;
      hash(claimNanos);
      if (pace.isRestDue()) {
        rest(random.nextInt(200_000));
        hash(0);
      }
    }
    assertThat(100.0 * hashed / (nowNanos - start))
        .as("seed=%d", seed)
        .isCloseTo(share, within(1.5));
  }

  @Test
  void restsAtOnceAfterAHashThatTakesLong() {
    percent = 20;
    hash(0);
    hash(300 * MILLISECOND);
    assertThat(pace.isRestDue()).isTrue();
    assertThat(pace.restNanos()).isEqualTo(1200 * MILLISECOND);
    nowNanos += 200 * MILLISECOND;
    assertThat(pace.restNanos()).isEqualTo(1000 * MILLISECOND);
  }

  @Test
  void owesNothingUnderANewShare() {
    percent = 1;
    hash(0);
    hash(300 * MILLISECOND);
    assertThat(pace.restNanos()).isEqualTo(29_700 * MILLISECOND);
    percent = 50;
    assertThat(pace.restNanos()).isLessThanOrEqualTo(0);
    hash(0);
    hash(30 * MILLISECOND);
    assertThat(pace.restNanos()).isEqualTo(30 * MILLISECOND);
  }

  @Test
  void takesTimeWithoutWorkForRestButHoardsLittleOfIt() {
    percent = 50;
    hash(0);
    hash(300 * MILLISECOND);
    pace.stop();
    nowNanos += 200 * MILLISECOND;
    hash(0);
    assertThat(pace.restNanos()).isEqualTo(100 * MILLISECOND);
    nowNanos += 3600 * SECOND;
    hash(0);
    hash(150 * MILLISECOND);
    assertThat(pace.restNanos()).as("an hour off earns a tenth").isEqualTo(50 * MILLISECOND);
  }

  @Test
  void doesNotRestForAsLongAsTheMachineStoodStill() {
    percent = 1;
    hash(0);
    hash(3600 * SECOND);
    assertThat(pace.restNanos()).isEqualTo(60 * SECOND);
  }

  @Test
  void measuresOnlyTheTimeSpentHashing() {
    assertThat(pace.hash()).isEqualTo(-1);
    nowNanos += 7;
    assertThat(pace.hash()).isEqualTo(7);
    nowNanos += 3;
    pace.stop();
    nowNanos += 100;
    assertThat(pace.hash()).isEqualTo(-1);
    nowNanos += 2;
    assertThat(pace.hash()).isEqualTo(2);
    assertThat(pace.isRestDue()).isFalse();
  }

  private void hash(long nanos) {
    nowNanos += nanos;
    long ignored = pace.hash();
  }

  private void rest(long lateNanos) {
    nowNanos += pace.restNanos() + lateNanos;
    assertThat(pace.restNanos()).isLessThanOrEqualTo(0);
  }
}

package io.p2pmining.master.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.p2pmining.master.trust.SamplingSettings.Mode;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ConfidenceTest {

  private final Confidence confidence =
      new Confidence(() -> new SamplingSettings(Mode.SAMPLED, 0.1, 100));

  @Test
  void everyShareOfAStrangerIsRecomputed() {
    assertThat(confidence.sampledPart()).isEqualTo(1);
    assertThat(confidence.samples(Math.nextDown(1.0))).isTrue();
  }

  @Test
  void trustGrowsWithEveryRightShareDownToTheFloor() {
    double before = 1;
    for (int i = 0; i < 900; i++) {
      confidence.confirmed();
      assertThat(confidence.sampledPart()).isLessThan(before).isGreaterThanOrEqualTo(0.1);
      before = confidence.sampledPart();
    }
    assertThat(before).isEqualTo(0.1);
    confirm(1_000_000);
    assertThat(confidence.sampledPart()).isEqualTo(0.1);
  }

  @Test
  void halvesAfterTheSettingsNumber() {
    confirm(100);
    assertThat(confidence.sampledPart()).isEqualTo(0.5);
    confirm(200);
    assertThat(confidence.sampledPart()).isEqualTo(0.25);
  }

  @Test
  void oneWrongShareLosesEverything() {
    confirm(5000);
    confidence.lost();

    assertThat(confidence.sampledPart()).isEqualTo(1);
    confirm(100);
    assertThat(confidence.sampledPart()).isEqualTo(0.5);
  }

  @Test
  void samplesAsManyAsItSays() {
    long seed = 42;
    Random random = new Random(seed);
    confirm(300);
    int sampled = 0;
    for (int i = 0; i < 100_000; i++) {
      sampled += confidence.samples(random.nextDouble()) ? 1 : 0;
    }

    assertThat(sampled / 100_000.0).as("seed=" + seed).isCloseTo(0.25, within(0.01));
  }

  @Test
  void inFullModeNobodyIsTrusted() {
    Confidence full = new Confidence(() -> new SamplingSettings(Mode.FULL, 0.1, 1));
    for (int i = 0; i < 1000; i++) {
      full.confirmed();
    }

    assertThat(full.sampledPart()).isEqualTo(1);
  }

  @Test
  void anotherModeCountsAtOnceWithWhatIsProvenByThen() {
    AtomicReference<SamplingSettings> settings =
        new AtomicReference<>(new SamplingSettings(Mode.FULL, 0.1, 1));
    Confidence watched = new Confidence(settings::get);
    for (int i = 0; i < 3; i++) {
      watched.confirmed();
    }
    assertThat(watched.sampledPart()).isEqualTo(1);

    settings.set(new SamplingSettings(Mode.SAMPLED, 0.1, 1));
    assertThat(watched.sampledPart()).isEqualTo(0.25);

    settings.set(new SamplingSettings(Mode.SAMPLED, 0.5, 1));
    assertThat(watched.sampledPart()).isEqualTo(0.5);
  }

  private void confirm(int times) {
    for (int i = 0; i < times; i++) {
      confidence.confirmed();
    }
  }
}

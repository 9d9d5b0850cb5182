package io.p2pmining.core.randomx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.KnownAnswer;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomXAlgorithmTest {

  /** The variant whose cache is done soonest. */
  private final PowAlgorithm algorithm = new RandomXAlgorithm(RandomXVariants.ARQMA);

  @Test
  void saysWhatItNeeds() {
    assertThat(algorithm.name()).isEqualTo("rx/arq");
    assertThat(algorithm.maxSeedLength()).isEqualTo(60);
    assertThat(algorithm.modes()).containsExactlyInAnyOrder(HashingMode.LIGHT, HashingMode.FULL);
    assertThat(algorithm.hasherBytes()).isEqualTo(262_144);
    assertThat(algorithm.preparedBytes(HashingMode.LIGHT)).isEqualTo(256L << 20);
    assertThat(algorithm.preparedBytes(HashingMode.FULL))
        .isEqualTo((256L << 20) + 2_147_483_648L + 33_554_368L);
  }

  @ParameterizedTest
  @EnumSource
  void refusesKeysThatTheSpecificationLeavesUndefined(HashingMode mode) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> algorithm.prepare(new byte[61], mode, Preparation.onThreads(1)))
        .withMessageContaining("length=61");
  }

  @ParameterizedTest
  @EnumSource
  void stopsPreparingWhenInterrupted(HashingMode mode) {
    Thread caller = Thread.currentThread();
    Preparation interruptingItself = new Preparation(2, done -> caller.interrupt());
    assertThatThrownBy(() -> algorithm.prepare(new byte[4], mode, interruptingItself))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).as("left interrupted").isFalse();
  }

  @Test
  void preparesASeedForManyHashers() throws InterruptedException {
    byte[] key = {1, 2, 3};
    List<Double> progress = Collections.synchronizedList(new ArrayList<>());
    PreparedSeed seed =
        algorithm.prepare(key, HashingMode.LIGHT, new Preparation(2, progress::add));
    try (seed) {
      key[0] = 9;
      seed.seed()[1] = 9;
      assertThat(seed.seed()).containsExactly(1, 2, 3);
      assertThat(seed.algorithm()).isSameAs(algorithm);
      assertThat(seed.mode()).isEqualTo(HashingMode.LIGHT);
      assertThat(seed.engine()).isIn("compiler", "interpreter");
      assertThat(seed.pages()).isIn("4k", "thp", "2m", "1g");
      assertThat(seed.cacheInitTime()).isPositive();
      assertThat(seed.datasetInitTime()).isEqualTo(Duration.ZERO);
      assertThat(progress).isSorted().last().isEqualTo(1.0);
      try (Hasher first = seed.newHasher();
          Hasher second = seed.newHasher()) {
        byte[] input = new byte[76];
        assertThat(hash(first, input)).isEqualTo(hash(second, input)).isEqualTo(hash(first, input));
        assertThat(hash(first, new byte[75])).isNotEqualTo(hash(first, input));
      }
    }
    assertThatThrownBy(seed::newHasher).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void knowsAHashByTheInterpreterThatItsPipelinesAgreeWith() throws InterruptedException {
    try (PreparedSeed seed =
        algorithm.prepare(new byte[1], HashingMode.LIGHT, Preparation.onThreads(1))) {
      assertThat(seed.check().isPresent()).isEqualTo(seed.engine().equals("compiler"));
      if (seed.check().isPresent()) {
        KnownAnswer answer = seed.check().get();
        try (Hasher hasher = seed.newHasher()) {
          assertThat(hash(hasher, answer.input())).isEqualTo(answer.hash());
        }
      }
    }
    EngineSettings interpreter = EngineSettings.AUTO.withCompiler(CompilerPolicy.OFF);
    try (PreparedSeed seed =
        algorithm.prepare(
            new byte[1], HashingMode.LIGHT, Preparation.onThreads(1).withEngine(interpreter))) {
      assertThat(seed.check()).isEmpty();
    }
  }

  @Test
  void keepsItsMemoryUntilTheLastHasherIsClosed() throws InterruptedException {
    PreparedSeed seed = algorithm.prepare(new byte[1], HashingMode.LIGHT, Preparation.onThreads(1));
    try (Hasher hasher = seed.newHasher()) {
      byte[] before = hash(hasher, new byte[76]);
      seed.close();
      assertThat(hash(hasher, new byte[76])).isEqualTo(before);
      hasher.close();
      assertThatThrownBy(() -> hash(hasher, new byte[76]))
          .isInstanceOf(IllegalStateException.class);
    }
    seed.close();
  }

  @Test
  void lendsItsCacheToALightSeedWhileTheDatasetIsComputed() throws InterruptedException {
    byte[] key = {4};
    byte[] input = new byte[76];
    Thread caller = Thread.currentThread();
    AtomicReference<PreparedSeed> interim = new AtomicReference<>();
    AtomicInteger chunks = new AtomicInteger();
    Preparation interrupted =
        new Preparation(
                2,
                done -> {
                  if (interim.get() != null && chunks.incrementAndGet() == 1) {
                    caller.interrupt();
                  }
                })
            .withInterim(interim::set);
    assertThatThrownBy(() -> algorithm.prepare(key, HashingMode.FULL, interrupted))
        .isInstanceOf(InterruptedException.class);

    PreparedSeed light = interim.get();
    assertThat(light.mode()).isEqualTo(HashingMode.LIGHT);
    assertThat(light.seed()).isEqualTo(key);
    byte[] hash;
    try (light;
        Hasher hasher = light.newHasher()) {
      hash = hash(hasher, input);
    }
    assertThatThrownBy(light::newHasher).isInstanceOf(IllegalStateException.class);
    try (PreparedSeed alone = algorithm.prepare(key, HashingMode.LIGHT, Preparation.onThreads(1));
        Hasher hasher = alone.newHasher()) {
      assertThat(hash(hasher, input)).isEqualTo(hash);
    }
  }

  @Test
  void goesOnComputingTheDatasetWhenTheLightSeedIsClosed() {
    Thread caller = Thread.currentThread();
    AtomicReference<PreparedSeed> interim = new AtomicReference<>();
    AtomicInteger chunks = new AtomicInteger();
    Preparation closing =
        new Preparation(
                2,
                done -> {
                  if (interim.get() != null && chunks.incrementAndGet() == 3) {
                    caller.interrupt();
                  }
                })
            .withInterim(
                light -> {
                  light.close();
                  interim.set(light);
                });
    assertThatThrownBy(() -> algorithm.prepare(new byte[1], HashingMode.FULL, closing))
        .isInstanceOf(InterruptedException.class);
    assertThat(chunks).hasValueGreaterThanOrEqualTo(3);
  }

  private static byte[] hash(Hasher hasher, byte[] input) {
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    hasher.hash(input, input.length, hash);
    return hash;
  }
}

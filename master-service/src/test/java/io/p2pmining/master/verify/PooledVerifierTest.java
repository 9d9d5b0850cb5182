package io.p2pmining.master.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PooledVerifierTest {

  private static final int QUEUE = 2;
  private static final byte[] INPUT = {1, 2, 3};

  private final PowAlgorithm algorithm = PowAlgorithms.load().find("sha256d").orElseThrow();
  private final PooledVerifier verifier = new PooledVerifier(new VerificationSettings(1, QUEUE, 1));

  @AfterEach
  void close() {
    verifier.close();
  }

  @Test
  void tellsRightHashesFromWrongOnes() throws Exception {
    byte[] wrong = hash();
    wrong[31] ^= 1;

    assertThat(verify(Bytes.EMPTY, Bytes.copyOf(hash()))).isInstanceOf(Verification.Correct.class);
    assertThat(verify(Bytes.EMPTY, Bytes.copyOf(wrong))).isInstanceOf(Verification.Wrong.class);
    assertThat(verifier.verified()).isEqualTo(2);
  }

  @Test
  void blamesNobodyForItsOwnWrongHashes() throws Exception {
    PowAlgorithm faulty = new FaultyEngine(algorithm);
    CompletableFuture<Verification> right = new CompletableFuture<>();
    CompletableFuture<Verification> wrong = new CompletableFuture<>();
    verifier.verify(faulty, Bytes.EMPTY, INPUT, Bytes.copyOf(hash()), right::complete);
    verifier.verify(faulty, Bytes.EMPTY, INPUT, Bytes.copyOf(new byte[32]), wrong::complete);

    assertThat(right.get(10, TimeUnit.SECONDS)).isInstanceOf(Verification.Correct.class);
    assertThat(wrong.get(10, TimeUnit.SECONDS)).isInstanceOf(Verification.Wrong.class);
    assertThat(verifier.disagreements()).isEqualTo(1);
  }

  @Test
  void measuresHowFastItIs() throws Exception {
    double prior = verifier.verificationsPerSecond();
    for (int i = 0; i < 50; i++) {
      verify(Bytes.EMPTY, Bytes.EMPTY);
    }

    assertThat(verifier.verificationsPerSecond()).isGreaterThan(10 * prior);
  }

  @Test
  void tellsOfEveryShareHowLongItWaitedAndTook() throws Exception {
    List<Duration> waits = new CopyOnWriteArrayList<>();
    List<Duration> hashes = new CopyOnWriteArrayList<>();
    verifier.listen(
        (waited, took) -> {
          waits.add(waited);
          hashes.add(took);
        });
    verify(Bytes.EMPTY, Bytes.copyOf(hash()));
    verify(Bytes.EMPTY, Bytes.EMPTY);

    assertThat(waits).hasSize(2).allMatch(Duration::isPositive);
    assertThat(hashes).hasSize(2).allMatch(Duration::isPositive);
  }

  @Test
  void saysWhatCannotBeVerifiedAndGoesOn() throws Exception {
    Bytes badSeed = Bytes.copyOf(new byte[] {7});

    assertThat(verify(badSeed, Bytes.EMPTY)).isInstanceOf(Verification.Impossible.class);
    assertThat(verify(Bytes.EMPTY, Bytes.copyOf(hash()))).isInstanceOf(Verification.Correct.class);
  }

  @Test
  void takesNoMoreThanItsQueueHolds() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(QUEUE);
    verifier.verify(
        algorithm,
        Bytes.EMPTY,
        INPUT,
        Bytes.EMPTY,
        outcome -> {
          begun.countDown();
          awaitUninterrupted(release);
        });
    begun.await();

    for (int i = 0; i < QUEUE; i++) {
      assertThat(offer(done)).isTrue();
    }
    assertThat(verifier.room()).isZero();
    assertThat(offer(done)).isFalse();

    release.countDown();
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void preparesASeedOnceForAllThreads() throws Exception {
    SeedCache seeds = new SeedCache(1, EngineSettings.AUTO);
    CountingAlgorithm counting = new CountingAlgorithm(algorithm);
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = Thread.ofPlatform().start(() -> use(seeds, counting));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(counting.prepared()).isEqualTo(1);
    seeds.close();
    assertThat(counting.closed()).isEqualTo(1);
    assertThatThrownBy(() -> seeds.withHasher(counting, Bytes.EMPTY, hasher -> true))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closesTheSeedUsedLeastRecently() throws Exception {
    SeedCache seeds = new SeedCache(1, EngineSettings.AUTO);
    CountingAlgorithm first = new CountingAlgorithm(algorithm, "first");
    CountingAlgorithm second = new CountingAlgorithm(algorithm, "second");
    seeds.withHasher(first, Bytes.EMPTY, hasher -> true);
    seeds.withHasher(second, Bytes.EMPTY, hasher -> true);

    assertThat(first.closed()).isEqualTo(1);
    assertThat(second.closed()).isZero();
    seeds.close();
  }

  private boolean offer(CountDownLatch done) {
    return verifier.verify(algorithm, Bytes.EMPTY, INPUT, Bytes.EMPTY, outcome -> done.countDown());
  }

  private Verification verify(Bytes seed, Bytes claimed) throws Exception {
    CompletableFuture<Verification> outcome = new CompletableFuture<>();
    assertThat(verifier.verify(algorithm, seed, INPUT, claimed, outcome::complete)).isTrue();
    return outcome.get(10, TimeUnit.SECONDS);
  }

  private byte[] hash() throws InterruptedException {
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    try (PreparedSeed seed =
            algorithm.prepare(new byte[0], HashingMode.LIGHT, Preparation.onThreads(1));
        Hasher hasher = seed.newHasher()) {
      hasher.hash(INPUT, INPUT.length, hash);
    }
    return hash;
  }

  private static void use(SeedCache seeds, PowAlgorithm algorithm) {
    try {
      seeds.withHasher(algorithm, Bytes.EMPTY, hasher -> true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

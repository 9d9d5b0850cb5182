package io.p2pmining.core.sha256d;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.core.pow.Target;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Sha256dTest {

  private final PowAlgorithm algorithm = new Sha256d();

  /** Block headers of Bitcoin and their hashes in memory order: the first block, and 125552. */
  @ParameterizedTest
  @CsvSource({
    "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b2"
        + "7ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c,"
        + "6fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000",
    "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000e320b6c2fffc8d75"
        + "0423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a42a14695,"
        + "1dbd981fe6985776b644b173a4d0385ddc1aa2a829688d1e0000000000000000",
  })
  void hashesBlocksOfBitcoin(String header, String hash) throws InterruptedException {
    assertThat(hash(HexFormat.of().parseHex(header))).isEqualTo(hash);
  }

  @ParameterizedTest
  @CsvSource({
    "'',5df6e0e2761359d30a8275058e299fcc0381534545f55cf43e41983f5d4c9456",
    "68656c6c6f,9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50",
  })
  void hashesInputsOfAnyLength(String input, String hash) throws InterruptedException {
    assertThat(hash(HexFormat.of().parseHex(input))).isEqualTo(hash);
  }

  @Test
  void theFirstBlockMeetsItsTarget() throws InterruptedException {
    byte[] hash =
        HexFormat.of().parseHex("6fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000");
    Target target =
        Target.forDifficulty(
            BigInteger.ONE.shiftLeft(256).divide(BigInteger.valueOf(0xffff).shiftLeft(208)));
    assertThat(target.isMetBy(hash)).isTrue();
  }

  @Test
  void readsOnlyTheBytesOfTheInput() throws InterruptedException {
    byte[] longer = "hello, world".getBytes(US_ASCII);
    byte[] result = new byte[Hasher.HASH_LENGTH];
    try (PreparedSeed seed = prepare();
        Hasher hasher = seed.newHasher()) {
      hasher.hash(longer, 5, result);
    }
    assertThat(HexFormat.of().formatHex(result))
        .isEqualTo("9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50");
  }

  @Test
  void hasNeitherKeyNorMemoryNorFullMode() {
    assertThat(algorithm.maxSeedLength()).isZero();
    assertThat(algorithm.preparedBytes(HashingMode.LIGHT)).isZero();
    assertThat(algorithm.hasherBytes()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> algorithm.prepare(new byte[1], HashingMode.LIGHT, Preparation.onThreads(1)))
        .withMessageContaining("seed length=1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> algorithm.prepare(new byte[0], HashingMode.FULL, Preparation.onThreads(1)))
        .withMessageContaining("FULL");
  }

  @Test
  void isPreparedAtOnce() throws InterruptedException {
    List<Double> progress = new ArrayList<>();
    try (PreparedSeed seed =
        algorithm.prepare(new byte[0], HashingMode.LIGHT, new Preparation(1, progress::add))) {
      assertThat(seed.algorithm()).isSameAs(algorithm);
      assertThat(seed.mode()).isEqualTo(HashingMode.LIGHT);
      assertThat(seed.seed()).isEmpty();
      assertThat(progress).containsExactly(1.0);
    }
  }

  private String hash(byte[] input) throws InterruptedException {
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    try (PreparedSeed seed = prepare();
        Hasher hasher = seed.newHasher()) {
      hasher.hash(input, input.length, hash);
      byte[] proof = new byte[Hasher.HASH_LENGTH];
      hasher.proof(input, input.length, hash, proof);
      assertThat(proof).isEqualTo(hash);
    }
    return HexFormat.of().formatHex(hash);
  }

  private PreparedSeed prepare() throws InterruptedException {
    return algorithm.prepare(new byte[0], HashingMode.LIGHT, Preparation.onThreads(1));
  }
}

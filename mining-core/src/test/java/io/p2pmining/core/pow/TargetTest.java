package io.p2pmining.core.pow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(256);
  private static final long SEED = 0x7a46e7L;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 255, 256, 257, 1_000_003, 4_294_967_296L, Long.MAX_VALUE})
  void isMetExactlyWhenProofTimesDifficultyStaysBelow2To256(long difficulty) {
    Target target = Target.forDifficulty(difficulty);
    BigInteger highest = LIMIT.subtract(BigInteger.ONE).divide(BigInteger.valueOf(difficulty));
    assertThat(target.isMetBy(littleEndian(highest))).isTrue();
    if (difficulty > 1) {
      assertThat(target.isMetBy(littleEndian(highest.add(BigInteger.ONE)))).isFalse();
    }
    assertThat(target.isMetBy(new byte[32])).isTrue();
  }

  @Test
  void agreesWithMultiplicationOnRandomProofs() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 10_000; i++) {
      byte[] proof = new byte[32];
      random.nextBytes(proof);
      Arrays.fill(proof, 31 - random.nextInt(8), 32, (byte) 0);
      BigInteger difficulty = new BigInteger(Long.toUnsignedString(random.nextLong() >>> 1 | 1));
      boolean met = value(proof).multiply(difficulty).compareTo(LIMIT) < 0;
      assertThat(Target.forDifficulty(difficulty).isMetBy(proof))
          .as("seed=%x, case=%d", SEED, i)
          .isEqualTo(met);
    }
  }

  @Test
  void comparesBytesAsUnsigned() {
    byte[] half = new byte[32];
    half[31] = (byte) 0x80;
    byte[] below = new byte[32];
    below[31] = 0x7f;
    assertThat(Target.ofLittleEndian(half).isMetBy(below)).isTrue();
    assertThat(Target.ofLittleEndian(below).isMetBy(half)).isFalse();
    assertThat(Target.ofLittleEndian(half).isMetBy(half)).isTrue();
  }

  @Test
  void theEasiestIsMetByEveryProof() {
    byte[] highest = new byte[32];
    Arrays.fill(highest, (byte) 0xff);
    assertThat(Target.EASIEST.isMetBy(highest)).isTrue();
    assertThat(Target.EASIEST.difficulty()).isOne();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 1_000_003, 400_000_000_000L})
  void givesItsDifficultyBack(long difficulty) {
    assertThat(Target.forDifficulty(difficulty).difficulty()).isEqualTo(difficulty);
  }

  @Test
  void aProofMeetsItsOwnDifficultyAndNoHigherOne() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 1_000; i++) {
      byte[] proof = new byte[32];
      random.nextBytes(proof);
      proof[31] = 0;
      BigInteger difficulty = Target.difficultyOf(proof);
      assertThat(Target.forDifficulty(difficulty).isMetBy(proof)).isTrue();
      assertThat(Target.forDifficulty(difficulty.add(BigInteger.ONE)).isMetBy(proof))
          .as("seed=%x, case=%d", SEED, i)
          .isFalse();
    }
    assertThat(Target.difficultyOf(new byte[32])).isEqualTo(LIMIT.subtract(BigInteger.ONE));
  }

  @Test
  void copiesItsBytes() {
    byte[] bytes = new byte[32];
    bytes[3] = 7;
    Target target = Target.ofLittleEndian(bytes);
    bytes[3] = 8;
    target.toLittleEndian()[3] = 9;
    assertThat(target.toLittleEndian()[3]).isEqualTo((byte) 7);
    assertThat(target).isEqualTo(Target.ofLittleEndian(target.toLittleEndian()));
    assertThat(target).hasSameHashCodeAs(Target.ofLittleEndian(target.toLittleEndian()));
    assertThat(target).hasToString("00000007" + "00".repeat(28));
  }

  @Test
  void refusesWhatNoHashCanMeetAndWhatIsNoTarget() {
    assertThatIllegalArgumentException().isThrownBy(() -> Target.forDifficulty(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Target.forDifficulty(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Target.forDifficulty(LIMIT));
    assertThatIllegalArgumentException().isThrownBy(() -> Target.ofLittleEndian(new byte[32]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Target.ofLittleEndian(new byte[31]))
        .withMessageContaining("length=31");
  }

  private static BigInteger value(byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  private static byte[] littleEndian(BigInteger value) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = value.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }
}

package io.p2pmining.core.crypto;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small memories; what the fill gives for 256 MiB is tested with the RandomX cache. */
class Argon2dTest {

  private static final byte[] SALT = "RandomX\u0003".getBytes(ISO_8859_1);
  private static final int WORDS = 1 << 17;
  private static final byte[] PASSWORD = "test key 000".getBytes(ISO_8859_1);

  @Test
  void fillsTheSameWithAThreadForEachLaneAsWithOne() throws InterruptedException {
    assertThat(filled(2, 2)).isEqualTo(filled(2, 1));
    assertThat(filled(4, 3)).isEqualTo(filled(4, 1));
  }

  @Test
  void dependsOnTheNumberOfLanes() throws InterruptedException {
    assertThat(filled(2, 1)).isNotEqualTo(filled(1, 1));
  }

  @Test
  void reportsProgressUpToOne() throws InterruptedException {
    List<Double> reported = new ArrayList<>();
    new Argon2d(SALT, 2, 1).fill(memory(8192), PASSWORD, 1, reported::add);
    assertThat(reported).isSorted().hasSize(8).last().isEqualTo(1.0);
  }

  @Test
  void stopsWhenInterruptedOnOneThread() {
    assertStopsWhenInterrupted(1);
  }

  @Test
  void stopsWhenInterruptedOnSeveralThreads() {
    assertStopsWhenInterrupted(2);
  }

  @Test
  void refusesMemoryThatDoesNotDivideIntoSlices() {
    Argon2d argon = new Argon2d(SALT, 1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> argon.fill(memory(2560), PASSWORD, 1, done -> {}))
        .withMessageContaining("memory size=20480");
    assertThatIllegalArgumentException().isThrownBy(() -> new Argon2d(SALT, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Argon2d(SALT, 1, 0));
  }

  private static void assertStopsWhenInterrupted(int threads) {
    List<Double> reported = new ArrayList<>();
    Argon2d argon = new Argon2d(SALT, 3, 2);
    assertThatThrownBy(
            () ->
                argon.fill(
                    memory(WORDS),
                    PASSWORD,
                    threads,
                    done -> {
                      reported.add(done);
                      Thread.currentThread().interrupt();
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(reported).hasSize(1);
  }

  private static long[] filled(int lanes, int threads) throws InterruptedException {
    long[] words = new long[WORDS];
    new Argon2d(SALT, 3, lanes).fill(MemorySegment.ofArray(words), PASSWORD, threads, done -> {});
    return words;
  }

  private static MemorySegment memory(int words) {
    return MemorySegment.ofArray(new long[words]);
  }
}

package io.p2pmining.core.randomx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.randomx.program.ScratchpadSizes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RandomXVariantsTest {

  @Test
  void haveDifferentNames() {
    assertThat(RandomXVariants.all()).extracting(RandomXParameters::name).doesNotHaveDuplicates();
  }

  @Test
  void bothVersionsOfMoneroShareCacheAndDataset() {
    assertThat(RandomXVariants.MONERO_V2.cache()).isEqualTo(RandomXVariants.MONERO.cache());
  }

  /** doc/configuration.md, "Unsafe configurations", 2: enough writes to the scratchpad. */
  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.RandomXVariants#all")
  void writeAsMuchAsTheScratchpadHolds(RandomXParameters parameters) {
    int stores = parameters.programSize() * parameters.frequencies().count(Opcode.ISTORE) / 256;
    long programs = (long) parameters.programCount() * parameters.programIterations();
    assertThat((128 + stores) * programs).isGreaterThanOrEqualTo(parameters.scratchpad().l3Bytes());
  }

  @ParameterizedTest
  @CsvSource({"0", "4", "257", "32776", "-8"})
  void refuseProgramSizesOutsideTheSpecification(int programSize) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parameters(programSize, 2048, 8))
        .withMessageContaining("programSize=" + programSize);
  }

  @ParameterizedTest
  @CsvSource({"0, 8", "2048, 0", "-1, 8"})
  void refuseToDoNothing(int iterations, int programs) {
    assertThatIllegalArgumentException().isThrownBy(() -> parameters(256, iterations, programs));
  }

  @ParameterizedTest
  @CsvSource({"32, 64, 128", "16384, 8192, 16384", "64, 128, 64", "64, 96, 128", "64, 128, 0"})
  void refuseScratchpadLevelsThatDoNotFit(int l1, int l2, int l3) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScratchpadSizes(l1, l2, l3))
        .withMessageContaining("l1=" + l1 + ", l2=" + l2 + ", l3=" + l3);
  }

  private static RandomXParameters parameters(int programSize, int iterations, int programs) {
    RandomXParameters monero = RandomXVariants.MONERO;
    return new RandomXParameters(
        "test",
        monero.version(),
        monero.cache(),
        monero.programGenerator(),
        programSize,
        iterations,
        programs,
        monero.scratchpad(),
        monero.frequencies());
  }
}

package io.p2pmining.worker.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.cpu.Affinity;
import io.p2pmining.core.cpu.MiningPlan;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MiningChooserTest {

  private static final int CORES = 4;
  private static final int LANES = 2;
  private static final PowAlgorithm RX_0 = PowAlgorithms.load().find("rx/0").orElseThrow();
  private static final PowAlgorithm SHA = PowAlgorithms.load().find("sha256d").orElseThrow();
  private static final List<PowAlgorithm> BOTH = List.of(SHA, RX_0);

  /** Of rx/0 on all cores. */
  private static final long FULL_BYTES =
      RX_0.preparedBytes(HashingMode.FULL) + CORES * LANES * RX_0.hasherBytes();

  @Test
  void choosesFullModeIfMemoryJustSuffices() {
    MiningChoice choice = chooser(FULL_BYTES, 4).choose(BOTH, null, null, Affinity.AUTO);

    assertThat(choice.mode()).isEqualTo(HashingMode.FULL);
  }

  @Test
  void choosesLightModeIfAByteIsMissingAndSaysHowMuchIsNeeded() {
    MiningChoice choice = chooser(FULL_BYTES - 1, 4).choose(BOTH, null, null, Affinity.AUTO);

    assertThat(choice.mode()).isEqualTo(HashingMode.LIGHT);
    assertThat(choice.reason()).isEqualTo("full mode needs 2352 MiB, 2351 MiB may be taken");
  }

  @Test
  void countsTheScratchpadsOfTheThreadsThatAreSet() {
    long saved = (CORES - 1) * LANES * RX_0.hasherBytes();

    assertThat(chooser(FULL_BYTES - saved, 4).choose(BOTH, null, 1, Affinity.AUTO).mode())
        .isEqualTo(HashingMode.FULL);
    assertThat(chooser(FULL_BYTES - saved - 1, 4).choose(BOTH, null, 1, Affinity.AUTO).mode())
        .isEqualTo(HashingMode.LIGHT);
  }

  @Test
  void takesTheModeThatIsSet() {
    assertThat(chooser(0, 4).choose(BOTH, HashingMode.FULL, null, Affinity.AUTO).mode())
        .isEqualTo(HashingMode.FULL);
    assertThat(
            chooser(Long.MAX_VALUE, 4).choose(BOTH, HashingMode.LIGHT, null, Affinity.AUTO).mode())
        .isEqualTo(HashingMode.LIGHT);
  }

  @Test
  void bindsThreadsIfItUsesAllThatMineWell() {
    assertThat(chooser(0, 3).choose(BOTH, null, 3, Affinity.AUTO).cpus()).containsExactly(0, 1, 2);
    assertThat(chooser(0, 3).choose(BOTH, null, 4, Affinity.AUTO).cpus())
        .containsExactly(0, 1, 2, 3);
  }

  @Test
  void bindsNoThreadWhereOtherWorkersMayWantTheSameProcessors() {
    assertThat(chooser(0, 3).choose(BOTH, null, 2, Affinity.AUTO).cpus()).isEmpty();
    MiningChooser rationed = new MiningChooser(machine(2), plan(2), 0, LANES);
    assertThat(rationed.choose(BOTH, null, 2, Affinity.AUTO).cpus()).isEmpty();
  }

  @Test
  void bindsOneThreadToEachProcessorOfAList() {
    MiningChoice choice = chooser(0, 3).choose(BOTH, null, null, Affinity.parse("1,3"));

    assertThat(choice.threads()).isEqualTo(2);
    assertThat(choice.cpus()).containsExactly(1, 3);
  }

  @Test
  void bindsNoneWhenOff() {
    assertThat(chooser(0, 4).choose(BOTH, null, null, Affinity.OFF).cpus()).isEmpty();
  }

  private static MiningChooser chooser(long memoryBytes, int recommended) {
    return new MiningChooser(machine(CORES), plan(recommended), memoryBytes, LANES);
  }

  private static MiningPlan plan(int recommended) {
    return new MiningPlan(
        IntStream.range(0, CORES).mapToObj(cpu -> new MiningPlan.Place(cpu, 0)).toList(),
        recommended);
  }

  private static Machine machine(int cores) {
    return new Machine(
        cores, 1L << 34, "cpu", "amd64", "Linux", true, true, false, 0, 64L << 20, 0, 0);
  }
}

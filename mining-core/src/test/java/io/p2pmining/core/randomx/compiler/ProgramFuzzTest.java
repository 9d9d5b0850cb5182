package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.randomx.FuzzTime;
import io.p2pmining.core.randomx.PatternDataset;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.StrangeParameters;
import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.randomx.program.ScratchpadSizes;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Random programs of all variants and of variants made up, for a long time. */
@Tag("fuzz")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ProgramFuzzTest {

  private static final int PROGRAMS = 60;
  private static final int MAX_LANES = 4;
  private static final int MAX_ITERATIONS = 30;
  private static final int MAX_MIX = 8;
  private static final int MAX_EIGHTHS_OF_SIZE = 64;

  /** Small enough to be compared in little time; as often as that of the variant. */
  private static final ScratchpadSizes SMALL = new ScratchpadSizes(64, 2048, 32_768);

  @Test
  void findsNoProgramThatDiffers() {
    FuzzTime time = new FuzzTime("programs", 1);
    while (time.goesOn()) {
      long seed = time.nextSeed();
      time.agreed(compare(seed));
    }
    time.report();
  }

  /** One round: how many programs agreed. */
  private static int compare(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<CompilerTarget> targets = Targets.list();
    CompilerTarget target = targets.get(random.nextInt(targets.size()));
    RandomXParameters parameters = parameters(random);
    int lanes = 1 + random.nextInt(MAX_LANES);
    PatternDataset dataset = PatternDataset.shared();
    ProgramCompiler compiler = Comparison.compiler(parameters, target, dataset);
    try (Comparison comparison =
        new Comparison(parameters, compiler, lanes, dataset, random.split())) {
      for (int i = 0; i < PROGRAMS; i++) {
        if (random.nextInt(8) == 0) {
          comparison.resetRoundingModes();
        }
        for (int lane = 0; lane < lanes; lane++) {
          comparison.program(lane, ProgramBuffers.random(parameters, random));
        }
        comparison.execute();
        comparison.assertAgreement(
            "%s, %s, program=%d, seed=%d".formatted(parameters.name(), target, i, seed));
      }
    }
    return PROGRAMS * lanes;
  }

  private static RandomXParameters parameters(SplittableRandom random) {
    List<RandomXParameters> known = StrangeParameters.variantsAndStrangeOnes();
    RandomXParameters parameters = known.get(random.nextInt(known.size()));
    int size = parameters.programSize();
    if (random.nextInt(3) == 0) {
      Opcode[] mix =
          Stream.generate(() -> Opcode.values()[random.nextInt(Opcode.values().length)])
              .limit(1 + random.nextInt(MAX_MIX))
              .distinct()
              .toArray(Opcode[]::new);
      parameters = StrangeParameters.with(parameters, StrangeParameters.only(mix));
      size = 8 * (1 + random.nextInt(MAX_EIGHTHS_OF_SIZE));
    }
    if (random.nextBoolean()) {
      parameters = StrangeParameters.on(parameters, SMALL);
    }
    return StrangeParameters.sized(parameters, size, 1 + random.nextInt(MAX_ITERATIONS));
  }
}

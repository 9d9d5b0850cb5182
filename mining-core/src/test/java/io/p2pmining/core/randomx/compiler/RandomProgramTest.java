package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.randomx.PatternDataset;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.StrangeParameters;
import io.p2pmining.core.randomx.TestSeed;
import java.util.SplittableRandom;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random programs of all variants, one to four side by side. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class RandomProgramTest {

  private static final int MAX_LANES = 4;
  private static final int MAX_ITERATIONS = 8;
  private static final int PROGRAMS = 3;

  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.compiler.Targets#all")
  void doesTheSameInMachineCode(CompilerTarget target) {
    long seed = TestSeed.of("random programs, " + target);
    SplittableRandom random = new SplittableRandom(seed);
    PatternDataset dataset = PatternDataset.shared();
    for (RandomXParameters each : StrangeParameters.variantsAndStrangeOnes()) {
      RandomXParameters parameters =
          StrangeParameters.shortened(each, 1 + random.nextInt(MAX_ITERATIONS));
      ProgramCompiler compiler = Comparison.compiler(parameters, target, dataset);
      for (int lanes = 1; lanes <= MAX_LANES; lanes++) {
        try (Comparison comparison =
            new Comparison(parameters, compiler, lanes, dataset, random.split())) {
          for (int i = 0; i < PROGRAMS; i++) {
            for (int lane = 0; lane < lanes; lane++) {
              comparison.program(lane, ProgramBuffers.random(parameters, random));
            }
            comparison.execute();
            comparison.assertAgreement(parameters.name() + ", seed=" + seed);
          }
        }
      }
    }
  }
}

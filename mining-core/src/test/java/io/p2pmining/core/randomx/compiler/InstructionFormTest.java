package io.p2pmining.core.randomx.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.randomx.PatternDataset;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.StrangeParameters;
import io.p2pmining.core.randomx.TestSeed;
import io.p2pmining.core.randomx.interpreter.Interpreter;
import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.randomx.program.ScratchpadSizes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form of every instruction, in machine code and by the interpreter. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class InstructionFormTest {

  private static final int LANES = 4;
  private static final int ITERATIONS = 2;

  /** Three levels, small enough to be compared after every program. */
  private static final ScratchpadSizes SIZES = new ScratchpadSizes(1024, 4096, 16_384);

  private static RandomXParameters parameters(RandomXParameters version) {
    return StrangeParameters.on(
        StrangeParameters.with(
            StrangeParameters.sized(version, InstructionForm.PROGRAM_SIZE, ITERATIONS),
            StrangeParameters.only(Opcode.values())),
        SIZES);
  }

  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.compiler.Targets#all")
  void doesTheSameInMachineCode(CompilerTarget target) {
    assertAllFormsAgree(parameters(RandomXVariants.MONERO), target);
  }

  private static void assertAllFormsAgree(RandomXParameters parameters, CompilerTarget target) {
    long seed = TestSeed.of("instruction forms, " + target);
    SplittableRandom random = new SplittableRandom(seed);
    PatternDataset dataset = PatternDataset.shared();
    ProgramCompiler compiler = Comparison.compiler(parameters, target, dataset);
    try (Comparison comparison =
        new Comparison(parameters, compiler, LANES, dataset, random.split())) {
      List<InstructionForm> batch = new ArrayList<>();
      InstructionForm.forEach(
          random.split(),
          form -> {
            comparison.program(batch.size(), form.program(parameters, random));
            batch.add(form);
            if (batch.size() == LANES) {
              comparison.execute();
              comparison.assertAgreement(batch);
              batch.clear();
            }
          });
      assertThat(batch).isEmpty();
    }
  }

  /** A form that is not executed, or whose result is lost, would agree too. */
  @Test
  void showsInTheResult() {
    RandomXParameters parameters = parameters(RandomXVariants.MONERO);
    SplittableRandom random = new SplittableRandom(TestSeed.of("effects of instructions"));
    Set<Opcode> shown = EnumSet.of(Opcode.NOP);
    InstructionForm.forEach(
        random.split(),
        form -> {
          if (!shown.contains(form.opcode()) && form.immediate() != 0) {
            long[] with = form.program(parameters, random);
            long[] without = with.clone();
            InstructionForm.remove(without, parameters);
            if (!Arrays.equals(result(parameters, with), result(parameters, without))) {
              shown.add(form.opcode());
            }
          }
        });
    assertThat(shown).containsExactlyInAnyOrder(Opcode.values());
  }

  private static long[] result(RandomXParameters parameters, long[] program) {
    SplittableRandom words = new SplittableRandom(1);
    long[] scratchpad = words.longs(SIZES.l3Bytes() / Long.BYTES).toArray();
    Interpreter interpreter = new Interpreter(parameters, PatternDataset.shared(), scratchpad);
    interpreter.execute(program);
    byte[] registers = new byte[LaneRing.REGISTER_FILE_BYTES];
    interpreter.storeRegisterFile(registers);
    return new long[] {
      Arrays.hashCode(scratchpad), Arrays.hashCode(registers), interpreter.roundingMode()
    };
  }
}

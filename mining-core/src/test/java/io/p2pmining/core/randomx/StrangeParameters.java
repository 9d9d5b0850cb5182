package io.p2pmining.core.randomx;

import io.p2pmining.core.randomx.program.InstructionFrequencies;
import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.randomx.program.ScratchpadSizes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Parameters for tests: those of the variants in parts, and some that no variant has. */
public final class StrangeParameters {

  private StrangeParameters() {}

  /** Every variant, and instruction mixes that try what those seldom do. */
  public static List<RandomXParameters> variantsAndStrangeOnes() {
    List<RandomXParameters> all = new ArrayList<>(RandomXVariants.all());
    all.add(with(RandomXVariants.MONERO, only(Opcode.values())));
    all.add(with(RandomXVariants.MONERO_V2, only(Opcode.values())));
    all.add(with(RandomXVariants.MONERO, only(Opcode.CBRANCH, Opcode.CFROUND, Opcode.FADD_M)));
    all.add(with(RandomXVariants.MONERO, only(Opcode.CFROUND, Opcode.FSCAL_R, Opcode.FSUB_M)));
    all.add(with(RandomXVariants.MONERO, only(Opcode.FMUL_R, Opcode.FDIV_M, Opcode.CFROUND)));
    all.add(with(RandomXVariants.MONERO, only(Opcode.ISWAP_R, Opcode.CBRANCH, Opcode.IMUL_RCP)));
    all.add(with(RandomXVariants.MONERO, only(Opcode.NOP, Opcode.ISTORE, Opcode.IADD_M)));
    return all;
  }

  /** Shares the opcode bytes out among some instructions, the last one takes what is left. */
  public static InstructionFrequencies only(Opcode... chosen) {
    Map<Opcode, Integer> counts = new EnumMap<>(Opcode.class);
    for (Opcode opcode : Opcode.values()) {
      counts.put(opcode, 0);
    }
    int share = 256 / chosen.length;
    for (Opcode opcode : chosen) {
      counts.put(opcode, share);
    }
    counts.merge(chosen[chosen.length - 1], 256 - share * chosen.length, Integer::sum);
    return InstructionFrequencies.STANDARD.with(counts);
  }

  /** The same with other instructions. */
  public static RandomXParameters with(RandomXParameters p, InstructionFrequencies frequencies) {
    return new RandomXParameters(
        p.name() + frequencies,
        p.version(),
        p.cache(),
        p.programGenerator(),
        p.programSize(),
        p.programIterations(),
        p.programCount(),
        p.scratchpad(),
        frequencies);
  }

  /** The same with programs of another length, which run so many times. */
  public static RandomXParameters sized(RandomXParameters p, int programSize, int iterations) {
    return new RandomXParameters(
        p.name(),
        p.version(),
        p.cache(),
        p.programGenerator(),
        programSize,
        iterations,
        p.programCount(),
        p.scratchpad(),
        p.frequencies());
  }

  /** The same with programs that run fewer times. */
  public static RandomXParameters shortened(RandomXParameters p, int iterations) {
    return sized(p, p.programSize(), iterations);
  }

  /** The same with another scratchpad. */
  public static RandomXParameters on(RandomXParameters p, ScratchpadSizes scratchpad) {
    return new RandomXParameters(
        p.name(),
        p.version(),
        p.cache(),
        p.programGenerator(),
        p.programSize(),
        p.programIterations(),
        p.programCount(),
        scratchpad,
        p.frequencies());
  }
}

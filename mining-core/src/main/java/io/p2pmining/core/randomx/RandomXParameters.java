package io.p2pmining.core.randomx;

import io.p2pmining.core.crypto.AesGenerator4R;
import io.p2pmining.core.randomx.program.InstructionFrequencies;
import io.p2pmining.core.randomx.program.ProgramConfiguration;
import io.p2pmining.core.randomx.program.ScratchpadSizes;

/**
 * Everything in which variants of RandomX differ (doc/configuration.md of the specification).
 *
 * @param name the algorithm's name, for example {@code rx/0}
 * @param version which rules the virtual machine follows
 * @param cache what decides the cache and the dataset
 * @param programGenerator makes the program buffers, under this variant's keys
 * @param programSize instructions in a program, a multiple of 8
 * @param programIterations how often each program runs
 * @param programCount programs in a hash
 * @param scratchpad the sizes of the scratchpad's levels in bytes
 * @param frequencies which opcode bytes stand for which instructions
 */
public record RandomXParameters(
    String name,
    RandomXVersion version,
    CacheParameters cache,
    AesGenerator4R programGenerator,
    int programSize,
    int programIterations,
    int programCount,
    ScratchpadSizes scratchpad,
    InstructionFrequencies frequencies) {

  private static final int MAX_PROGRAM_SIZE = 32_768;
  private static final int PROGRAM_SIZE_STEP = 8;

  public RandomXParameters {
    if (programSize < PROGRAM_SIZE_STEP
        || programSize > MAX_PROGRAM_SIZE
        || programSize % PROGRAM_SIZE_STEP != 0) {
      throw new IllegalArgumentException(
          "programSize=" + programSize + ", must be a multiple of 8 up to " + MAX_PROGRAM_SIZE);
    }
    if (programIterations < 1) {
      throw new IllegalArgumentException("programIterations=" + programIterations);
    }
    if (programCount < 1) {
      throw new IllegalArgumentException("programCount=" + programCount);
    }
  }

  /** The length of a program buffer in 64-bit words: configuration and instructions. */
  public int programBufferWords() {
    return ProgramConfiguration.WORDS + programSize;
  }
}

package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.program.InstructionWords;
import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.randomx.program.ProgramConfiguration;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/** Random program buffers for tests. */
final class ProgramBuffers {

  private static final int[] IMMEDIATES = {
    0,
    1,
    -1,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE,
    InstructionCode.IMMEDIATE,
    13,
    63,
    64,
    0x80,
    -0x80,
    -0x81,
    3,
    0x8000_0001
  };

  private ProgramBuffers() {}

  /** Room for a program buffer where generated code can read it. */
  static OffHeapMemory allocate(RandomXParameters parameters) {
    long bytes = (long) parameters.programBufferWords() * Long.BYTES;
    return OffHeapMemory.allocate(bytes, "a program buffer", PagePolicy.SMALL);
  }

  /** A program buffer where generated code can read it. */
  static MemorySegment copy(long[] buffer, OffHeapMemory target) {
    MemorySegment.copy(buffer, 0, target.segment(), ValueLayout.JAVA_LONG, 0, buffer.length);
    return target.segment();
  }

  /** Random words, in which fields have their first and last values more often than by chance. */
  static long[] random(RandomXParameters parameters, SplittableRandom random) {
    long[] buffer = random.longs(parameters.programBufferWords()).toArray();
    if (random.nextBoolean()) {
      exaggerateConfiguration(buffer, random);
    }
    if (random.nextBoolean()) {
      for (int i = ProgramConfiguration.WORDS; i < buffer.length; i++) {
        if (random.nextInt(3) == 0) {
          buffer[i] = withImmediate(buffer[i], immediate(random));
        }
      }
    }
    return buffer;
  }

  private static void exaggerateConfiguration(long[] buffer, SplittableRandom random) {
    for (int word = 0; word < ProgramConfiguration.WORDS; word++) {
      switch (random.nextInt(4)) {
        case 0 -> buffer[word] = 0;
        case 1 -> buffer[word] = -1;
        default -> {}
      }
    }
  }

  /** An immediate that is special in some way. */
  static int immediate(SplittableRandom random) {
    return IMMEDIATES[random.nextInt(IMMEDIATES.length)];
  }

  /** How many immediates are special. */
  static int immediateCount() {
    return IMMEDIATES.length;
  }

  /** A special immediate by its number. */
  static int immediate(int index) {
    return IMMEDIATES[index];
  }

  private static long withImmediate(long word, int immediate) {
    return word & 0xffff_ffffL | (long) immediate << 32;
  }

  /** Puts an instruction into a program. */
  static void set(
      long[] buffer,
      RandomXParameters parameters,
      int index,
      Opcode opcode,
      int dst,
      int src,
      int mod,
      int immediate) {
    buffer[ProgramConfiguration.WORDS + index] =
        InstructionWords.encode(parameters.frequencies(), opcode, dst, src, mod, immediate);
  }
}

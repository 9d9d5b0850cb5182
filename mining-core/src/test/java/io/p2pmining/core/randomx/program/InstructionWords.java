package io.p2pmining.core.randomx.program;

/** Encodes instruction words for tests. */
public final class InstructionWords {

  /** The immediate of the vectors' instruction tests. */
  public static final int IMMEDIATE = 0xC0CB9AD2;

  /** Bits of the register bytes that mean nothing, set to see that they are ignored. */
  private static final int IGNORED_REGISTER_BITS = 0xc0;

  private InstructionWords() {}

  /** An instruction under the standard frequencies. */
  public static long encode(Opcode opcode, int destination, int source, int mod, int immediate) {
    return encode(InstructionFrequencies.STANDARD, opcode, destination, source, mod, immediate);
  }

  /** An instruction under some frequencies, in which it has to have a part. */
  public static long encode(
      InstructionFrequencies frequencies,
      Opcode opcode,
      int destination,
      int source,
      int mod,
      int immediate) {
    return firstByte(frequencies, opcode)
        | (destination | IGNORED_REGISTER_BITS) << 8
        | (source | IGNORED_REGISTER_BITS) << 16
        | (long) mod << 24
        | (long) immediate << 32;
  }

  /** A program buffer with an empty configuration. */
  public static long[] buffer(long... instructions) {
    long[] buffer = new long[ProgramConfiguration.WORDS + instructions.length];
    System.arraycopy(instructions, 0, buffer, ProgramConfiguration.WORDS, instructions.length);
    return buffer;
  }

  private static int firstByte(InstructionFrequencies frequencies, Opcode opcode) {
    for (int opcodeByte = 0; opcodeByte < 256; opcodeByte++) {
      if (frequencies.opcode(opcodeByte) == opcode) {
        return opcodeByte;
      }
    }
    throw new AssertionError(opcode);
  }
}

package io.p2pmining.core.randomx.program;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many of the 256 opcode bytes stand for each instruction (specification, table 5.1.1 and
 * following). Immutable.
 */
public final class InstructionFrequencies {

  /** The frequencies of rx/0. */
  public static final InstructionFrequencies STANDARD = standard();

  private static final int BYTE_VALUES = 256;

  private final Map<Opcode, Integer> counts;
  private final Opcode[] byByte = new Opcode[BYTE_VALUES];

  private InstructionFrequencies(Map<Opcode, Integer> counts) {
    this.counts = counts;
    int next = 0;
    for (Opcode opcode : Opcode.values()) {
      int count = counts.getOrDefault(opcode, 0);
      if (count < 0 || next + count > BYTE_VALUES) {
        throw new IllegalArgumentException(
            "opcode=" + opcode + ", count=" + count + ", frequencies must add up to 256");
      }
      for (int i = 0; i < count; i++) {
        byByte[next++] = opcode;
      }
    }
    if (next != BYTE_VALUES) {
      throw new IllegalArgumentException("sum=" + next + ", frequencies must add up to 256");
    }
  }

  /**
   * These frequencies with some of them replaced.
   *
   * @throws IllegalArgumentException if one is negative or they no longer add up to 256
   */
  public InstructionFrequencies with(Map<Opcode, Integer> changed) {
    Map<Opcode, Integer> merged = new EnumMap<>(counts);
    merged.putAll(changed);
    return new InstructionFrequencies(merged);
  }

  /** The instruction that an opcode byte, 0 to 255, stands for. */
  public Opcode opcode(int opcodeByte) {
    return byByte[opcodeByte];
  }

  /** How many opcode bytes stand for an instruction. */
  public int count(Opcode opcode) {
    return counts.getOrDefault(opcode, 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InstructionFrequencies that && counts.equals(that.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }

  @Override
  public String toString() {
    return counts.toString();
  }

  private static InstructionFrequencies standard() {
    Map<Opcode, Integer> counts = new EnumMap<>(Opcode.class);
    counts.put(Opcode.IADD_RS, 16);
    counts.put(Opcode.IADD_M, 7);
    counts.put(Opcode.ISUB_R, 16);
    counts.put(Opcode.ISUB_M, 7);
    counts.put(Opcode.IMUL_R, 16);
    counts.put(Opcode.IMUL_M, 4);
    counts.put(Opcode.IMULH_R, 4);
    counts.put(Opcode.IMULH_M, 1);
    counts.put(Opcode.ISMULH_R, 4);
    counts.put(Opcode.ISMULH_M, 1);
    counts.put(Opcode.IMUL_RCP, 8);
    counts.put(Opcode.INEG_R, 2);
    counts.put(Opcode.IXOR_R, 15);
    counts.put(Opcode.IXOR_M, 5);
    counts.put(Opcode.IROR_R, 8);
    counts.put(Opcode.IROL_R, 2);
    counts.put(Opcode.ISWAP_R, 4);
    counts.put(Opcode.FSWAP_R, 4);
    counts.put(Opcode.FADD_R, 16);
    counts.put(Opcode.FADD_M, 5);
    counts.put(Opcode.FSUB_R, 16);
    counts.put(Opcode.FSUB_M, 5);
    counts.put(Opcode.FSCAL_R, 6);
    counts.put(Opcode.FMUL_R, 32);
    counts.put(Opcode.FDIV_M, 4);
    counts.put(Opcode.FSQRT_R, 6);
    counts.put(Opcode.CBRANCH, 25);
    counts.put(Opcode.CFROUND, 1);
    counts.put(Opcode.ISTORE, 16);
    return new InstructionFrequencies(counts);
  }
}

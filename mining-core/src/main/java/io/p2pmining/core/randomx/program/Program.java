package io.p2pmining.core.randomx.program;

import java.util.Arrays;

/**
 * A decoded program: what each instruction does, free of the encoding's special cases. Its fields
 * lie in flat arrays, which {@link ProgramDecoder} fills again and again. Not safe for use by
 * several threads.
 *
 * <p>What a field means depends on the instruction; a field that means nothing is zero.
 */
public final class Program {

  /** Stands for the source register where the immediate takes its place. */
  public static final int NO_REGISTER = -1;

  private final Opcode[] opcodes;
  private final byte[] destinations;
  private final byte[] sources;
  private final byte[] shifts;
  private final long[] immediates;
  private final int[] masks;
  private final int[] targets;

  /** Room for a program of {@code size} instructions, all NOP. */
  public Program(int size) {
    opcodes = new Opcode[size];
    Arrays.fill(opcodes, Opcode.NOP);
    destinations = new byte[size];
    sources = new byte[size];
    shifts = new byte[size];
    immediates = new long[size];
    masks = new int[size];
    targets = new int[size];
  }

  /** The number of instructions. */
  public int size() {
    return opcodes.length;
  }

  /** The instruction; NOP for encodings without effect (ISWAP_R of one register and so on). */
  public Opcode opcode(int index) {
    return opcodes[index];
  }

  /**
   * The register that changes, 0 to 7 in group R, 0 to 3 in F or E; for FSWAP_R 0 to 7, first F,
   * then E; for ISTORE the one that holds the address.
   */
  public int destination(int index) {
    return destinations[index];
  }

  /**
   * The source register, in group A for FADD_R, FSUB_R and FMUL_R, else in R; {@link #NO_REGISTER}
   * where the immediate is the operand or the whole address.
   */
  public int source(int index) {
    return sources[index];
  }

  /** How far IADD_RS shifts its source, 0 to 3. */
  public int shift(int index) {
    return shifts[index];
  }

  /**
   * The immediate as it is used: sign-extended; the reciprocal for IMUL_RCP; with its fixed bits
   * for CBRANCH; the bits to rotate by, 0 to 63, for CFROUND and a rotation without a source.
   */
  public long immediate(int index) {
    return immediates[index];
  }

  /** The address mask of a scratchpad access, or the condition mask of CBRANCH. */
  public int mask(int index) {
    return masks[index];
  }

  /** The index of the instruction with which a taken CBRANCH goes on. */
  public int target(int index) {
    return targets[index];
  }

  void set(int index, Opcode opcode, int destination, int source, long immediate) {
    opcodes[index] = opcode;
    destinations[index] = (byte) destination;
    sources[index] = (byte) source;
    immediates[index] = immediate;
    shifts[index] = 0;
    masks[index] = 0;
    targets[index] = 0;
  }

  void setShift(int index, int shift) {
    shifts[index] = (byte) shift;
  }

  void setMask(int index, int mask) {
    masks[index] = mask;
  }

  void setTarget(int index, int target) {
    targets[index] = target;
  }
}

package io.p2pmining.core.randomx.interpreter;

/**
 * Where everything lies in the one array of 64-bit words that an {@link Interpreter} works on
 * besides the scratchpad.
 *
 * <pre>
 *   word  0     8     16    24    32     40      42        43     44
 *        +-----+-----+-----+-----+------+-------+---------+------+-----------+----------------+
 *        | r0  | f0  | e0  | a0  | -a0  | E     | rounding| zero | constants | code           |
 *        | ..  | ..  | ..  | ..  | ..   | bits  | mode    |      | one per   | two words per  |
 *        | r7  | f3  | e3  | a3  | -a3  | lo,hi |         |      | instruct. | instruction    |
 *        +-----+-----+-----+-----+------+-------+---------+------+-----------+----------------+
 * </pre>
 *
 * <p>One array, because every further one costs the instruction loop two registers of the CPU, for
 * its address and its length, and they are what the loop is short of. Floating point registers take
 * two words each, the low half first.
 */
final class MachineLayout {

  static final int R = 0;
  static final int F = 8;
  static final int E = 16;
  static final int A = 24;

  /** Group A negated: FSUB_R adds from here. */
  static final int MINUS_A = 32;

  static final int E_BITS_LOW = 40;
  static final int E_BITS_HIGH = 41;
  static final int ROUNDING_MODE = 42;

  /** Always zero: the base of an address that is an immediate alone. */
  static final int ZERO = 43;

  /** Immediates of 64 bits that stand in for a source register. */
  static final int CONSTANTS = 44;

  /** How many words of code an instruction takes. */
  static final int CODE_STEP = 2;

  /** How many words a group of registers takes. */
  static final int GROUP_WORDS = 8;

  private MachineLayout() {}

  /** Where the code of a program begins. */
  static int codeStart(int programSize) {
    return CONSTANTS + programSize;
  }

  /** Where the code of a program ends, and with it the array. */
  static int codeEnd(int programSize) {
    return codeStart(programSize) + CODE_STEP * programSize;
  }
}

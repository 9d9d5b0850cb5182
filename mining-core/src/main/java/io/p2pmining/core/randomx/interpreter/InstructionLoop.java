package io.p2pmining.core.randomx.interpreter;

import static io.p2pmining.core.randomx.interpreter.MachineLayout.CODE_STEP;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.E_BITS_HIGH;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.E_BITS_LOW;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.ROUNDING_MODE;

/**
 * Executes the instructions of one iteration (specification, section 5). This one method is where
 * nearly all the time goes. It must stay well below 8000 bytecodes, or HotSpot never compiles it;
 * every value that lives across the switch costs it a register, so operands are read from the code
 * where they are needed; and the switch names all values of its five bits, so that the jump through
 * its table needs no check.
 */
final class InstructionLoop {

  private static final long SCALE_BITS = 0x80f0_0000_0000_0000L;

  /** The bits of a converted integer that group E keeps: fraction and low exponent bits. */
  private static final long E_KEPT_BITS = (1L << 56) - 1;

  private InstructionLoop() {}

  /**
   * Runs from {@code start} to {@code end}.
   *
   * @param m the machine, see {@link MachineLayout}
   * @param scratchpad the words of the whole third level
   */
  static void run(long[] m, long[] scratchpad, int start, int end) {
    int pc = start;
    while (pc < end) {
      long word = m[pc];
      int dst = (int) (word >>> Operation.DESTINATION_SHIFT) & Operation.DESTINATION_MASK;
      int src = (int) (word >>> Operation.SOURCE_SHIFT) & Operation.SOURCE_MASK;
      switch ((int) word & Operation.NUMBER_MASK) {
        case Operation.IADD_RS ->
            m[dst] += (m[src] << (int) (word >>> Operation.SHIFT_SHIFT)) + (int) m[pc + 1];
        case Operation.IADD_M -> m[dst] += scratchpad[place(m[src], m[pc + 1])];
        case Operation.ISUB_R -> m[dst] -= m[src];
        case Operation.ISUB_M -> m[dst] -= scratchpad[place(m[src], m[pc + 1])];
        case Operation.IMUL_R -> m[dst] *= m[src];
        case Operation.IMUL_M -> m[dst] *= scratchpad[place(m[src], m[pc + 1])];
        case Operation.IMULH_R -> m[dst] = Math.unsignedMultiplyHigh(m[dst], m[src]);
        case Operation.IMULH_M ->
            m[dst] = Math.unsignedMultiplyHigh(m[dst], scratchpad[place(m[src], m[pc + 1])]);
        case Operation.ISMULH_R -> m[dst] = Math.multiplyHigh(m[dst], m[src]);
        case Operation.ISMULH_M ->
            m[dst] = Math.multiplyHigh(m[dst], scratchpad[place(m[src], m[pc + 1])]);
        case Operation.INEG_R -> m[dst] = -m[dst];
        case Operation.IXOR_R -> m[dst] ^= m[src];
        case Operation.IXOR_M -> m[dst] ^= scratchpad[place(m[src], m[pc + 1])];
        case Operation.IROR_R -> m[dst] = Long.rotateRight(m[dst], (int) m[src]);
        case Operation.IROL_R -> m[dst] = Long.rotateLeft(m[dst], (int) m[src]);
        case Operation.ISWAP_R -> swap(m, dst, src);
        case Operation.FSWAP_R -> swap(m, dst, dst + 1);
        case Operation.FADD_R -> {
          int mode = (int) m[ROUNDING_MODE];
          set(m, dst, DirectedRounding.add(get(m, dst), get(m, src), mode));
          set(m, dst + 1, DirectedRounding.add(get(m, dst + 1), get(m, src + 1), mode));
        }
        case Operation.FADD_M -> {
          long pair = scratchpad[place(m[src], m[pc + 1])];
          int mode = (int) m[ROUNDING_MODE];
          set(m, dst, DirectedRounding.add(get(m, dst), low(pair), mode));
          set(m, dst + 1, DirectedRounding.add(get(m, dst + 1), high(pair), mode));
        }
        case Operation.FSUB_M -> {
          long pair = scratchpad[place(m[src], m[pc + 1])];
          int mode = (int) m[ROUNDING_MODE];
          set(m, dst, DirectedRounding.add(get(m, dst), -low(pair), mode));
          set(m, dst + 1, DirectedRounding.add(get(m, dst + 1), -high(pair), mode));
        }
        case Operation.FSCAL_R -> {
          m[dst] ^= SCALE_BITS;
          m[dst + 1] ^= SCALE_BITS;
        }
        case Operation.FMUL_R -> {
          int mode = (int) m[ROUNDING_MODE];
          set(m, dst, DirectedRounding.multiply(get(m, dst), get(m, src), mode));
          set(m, dst + 1, DirectedRounding.multiply(get(m, dst + 1), get(m, src + 1), mode));
        }
        case Operation.FDIV_M -> {
          long pair = scratchpad[place(m[src], m[pc + 1])];
          int mode = (int) m[ROUNDING_MODE];
          double lowDivisor = Double.longBitsToDouble(toGroupE(low(pair), m[E_BITS_LOW]));
          double highDivisor = Double.longBitsToDouble(toGroupE(high(pair), m[E_BITS_HIGH]));
          set(m, dst, DirectedRounding.divide(get(m, dst), lowDivisor, mode));
          set(m, dst + 1, DirectedRounding.divide(get(m, dst + 1), highDivisor, mode));
        }
        case Operation.FSQRT_R -> {
          int mode = (int) m[ROUNDING_MODE];
          set(m, dst, DirectedRounding.squareRoot(get(m, dst), mode));
          set(m, dst + 1, DirectedRounding.squareRoot(get(m, dst + 1), mode));
        }
        case Operation.CBRANCH -> {
          long immediateAndMask = m[pc + 1];
          long sum = m[dst] + (int) immediateAndMask;
          m[dst] = sum;
          if (((int) sum & (int) (immediateAndMask >>> 32)) == 0) {
            pc = src - CODE_STEP;
          }
        }
        case Operation.CFROUND_V1 ->
            m[ROUNDING_MODE] = Long.rotateRight(m[src], (int) m[pc + 1]) & 3;
        case Operation.CFROUND_V2 -> {
          long rotated = Long.rotateRight(m[src], (int) m[pc + 1]);
          if ((rotated & 60) == 0) {
            m[ROUNDING_MODE] = rotated & 3;
          }
        }
        case Operation.ISTORE -> scratchpad[place(m[dst], m[pc + 1])] = m[src];
        case Operation.NOP, Operation.UNUSED_29, Operation.UNUSED_30, Operation.UNUSED_31 -> {}
        default -> throw new AssertionError(word);
      }
      pc += CODE_STEP;
    }
  }

  /** The low half of a pair of integers as a group F value (section 4.3.1). */
  static double low(long pair) {
    return (int) pair;
  }

  /** The high half of a pair of integers as a group F value (section 4.3.1). */
  static double high(long pair) {
    return (int) (pair >> 32);
  }

  /** The bits of a converted integer as a group E value (section 4.3.2). */
  static long toGroupE(double converted, long groupEBits) {
    return Double.doubleToRawLongBits(converted) & E_KEPT_BITS | groupEBits;
  }

  /** The index of the scratchpad word at an address of {@code base} and the code's second word. */
  private static int place(long base, long immediateAndMask) {
    return ((int) base + (int) immediateAndMask & (int) (immediateAndMask >>> 32)) >>> 3;
  }

  private static double get(long[] m, int index) {
    return Double.longBitsToDouble(m[index]);
  }

  private static void set(long[] m, int index, double value) {
    m[index] = Double.doubleToRawLongBits(value);
  }

  private static void swap(long[] m, int first, int second) {
    long swapped = m[first];
    m[first] = m[second];
    m[second] = swapped;
  }
}

package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.VectorRegister;

/**
 * Which register of the processor holds what while programs run.
 *
 * <pre>
 *   r8  .. r15    r0 .. r7
 *   rsi           the scratchpad of the lane at work
 *   rdi           the dataset from the lane's dataset offset on; in light mode free
 *   rbp           the lanes' memory, see LaneLayout
 *   ebx           iterations that are left
 *   rax rcx rdx   anything, for the length of an instruction
 *   xmm0 .. 3     f0 .. f3
 *   xmm4 .. 7     e0 .. e3
 *   xmm8 .. 11    a0 .. a3
 *   xmm12         anything, for the length of an instruction
 *   xmm13         the bits that conversion to group E sets
 *   xmm14         the bits that it keeps
 *   xmm15         the bits that FSCAL_R flips
 * </pre>
 */
final class RegisterMap {

  static final Gpr SCRATCHPAD = Gpr.RSI;
  static final Gpr DATASET = Gpr.RDI;
  static final Gpr LANES = Gpr.RBP;
  static final Gpr COUNTER = Gpr.RBX;

  static final VectorRegister SCRATCH = VectorRegister.xmm(12);
  static final VectorRegister E_SET = VectorRegister.xmm(13);
  static final VectorRegister E_KEPT = VectorRegister.xmm(14);
  static final VectorRegister SCALE = VectorRegister.xmm(15);

  private RegisterMap() {}

  static Gpr r(int index) {
    return Gpr.of(8 + index);
  }

  static VectorRegister f(int index) {
    return VectorRegister.xmm(index);
  }

  static VectorRegister e(int index) {
    return VectorRegister.xmm(4 + index);
  }

  static VectorRegister a(int index) {
    return VectorRegister.xmm(8 + index);
  }

  /** Groups F and E as FSWAP_R and FSCAL_R number them: f0 to f3, then e0 to e3. */
  static VectorRegister fe(int index) {
    return VectorRegister.xmm(index);
  }
}

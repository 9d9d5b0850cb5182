package io.p2pmining.core.randomx.compiler;

import static io.p2pmining.core.x86.Gpr.RAX;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import io.p2pmining.core.randomx.RandomXVersion;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Condition;
import io.p2pmining.core.x86.Label;
import java.lang.foreign.MemorySegment;

/**
 * The machine code of CFROUND (specification, section 5.4.1), and of the jump to the copy of a
 * program that rounds as the lane does. Immutable.
 *
 * <p>Either MXCSR is written, when the mode really changes, because that is what costs; or the mode
 * is noted and the code goes on in the copy of the program for that mode.
 */
final class RoundingCode {

  /** Every exception masked, denormals flushed, rounding to nearest. */
  private static final int MXCSR_NEAREST = 0x9FC0;

  private static final int MXCSR_MODE_SHIFT = 13;

  private static final int REGISTERS = 8;
  private static final int MODE_MASK = 3;

  /** Version 2 changes the mode only if these bits above it are all zero. */
  private static final int RARE_MASK = 60;

  /** A displacement that needs 32 bits, to be patched. */
  private static final int WIDE = 0x01010101;

  private final boolean embedded;
  private final RandomXVersion version;
  private final boolean bmi2;
  private final byte[][] bySource = new byte[REGISTERS][];
  private final byte[] dispatch;
  private final byte[] noDispatch;

  // Where the parts that depend on the instruction and the lane lie; the same for all sources.
  private int rotation;
  private int[] modes = new int[0];
  private int targets;

  RoundingCode(boolean embedded, RandomXVersion version, boolean bmi2) {
    this.embedded = embedded;
    this.version = version;
    this.bmi2 = bmi2;
    for (int src = 0; src < REGISTERS; src++) {
      bySource[src] = embedded ? jumping(src) : writing(src);
    }
    dispatch = embedded ? dispatching() : new byte[0];
    Assembler nothing = new Assembler();
    nothing.nops(dispatch.length);
    noDispatch = nothing.toByteArray();
  }

  boolean isEmbedded() {
    return embedded;
  }

  /** The longest code of one CFROUND. */
  int maxBytes() {
    return bySource[0].length;
  }

  /** The length of the dispatch in front of a program; 0 if there is none. */
  int dispatchBytes() {
    return dispatch.length;
  }

  /**
   * Writes one CFROUND.
   *
   * @param immediate of the instruction
   * @param lane offset of the lane's memory
   * @param targetTable offset of the four places to go on at
   * @return the position behind it
   */
  long write(MemorySegment code, long position, int src, int immediate, int lane, int targetTable) {
    byte[] bytes = bySource[src];
    MemorySegment.copy(bytes, 0, code, JAVA_BYTE, position, bytes.length);
    code.set(JAVA_BYTE, position + rotation, (byte) (immediate & 63));
    for (int mode : modes) {
      code.set(JAVA_INT_UNALIGNED, position + mode, lane + LaneLayout.MODE);
    }
    if (embedded) {
      code.set(JAVA_INT_UNALIGNED, position + targets, targetTable);
    }
    return position + bytes.length;
  }

  /** Writes the jump to the copy for the lane's mode. */
  void writeDispatch(MemorySegment code, long position, int lane) {
    MemorySegment.copy(dispatch, 0, code, JAVA_BYTE, position, dispatch.length);
    code.set(JAVA_INT_UNALIGNED, position + 2, lane + LaneLayout.MODE);
    long entries = position + dispatch.length - Integer.BYTES;
    code.set(JAVA_INT_UNALIGNED, entries, lane + LaneLayout.BODY_ENTRIES);
  }

  /** Writes nothing that would have an effect, as long as the dispatch. */
  void writeNoDispatch(MemorySegment code, long position) {
    MemorySegment.copy(noDispatch, 0, code, JAVA_BYTE, position, noDispatch.length);
  }

  private static byte[] dispatching() {
    Assembler asm = new Assembler();
    asm.mov32(RAX, wide());
    asm.jmp(Address.at(RegisterMap.LANES, RAX, 8, WIDE));
    return asm.toByteArray();
  }

  private byte[] jumping(int src) {
    Assembler asm = new Assembler();
    Label unchanged = new Label();
    writeMode(asm, src, unchanged);
    asm.mov32(wide(), RAX);
    modes = new int[] {asm.length() - Integer.BYTES};
    asm.jmp(Address.at(RegisterMap.LANES, RAX, 8, WIDE));
    targets = asm.length() - Integer.BYTES;
    asm.bind(unchanged);
    return asm.toByteArray();
  }

  private byte[] writing(int src) {
    Assembler asm = new Assembler();
    Label unchanged = new Label();
    writeMode(asm, src, unchanged);
    asm.cmp32(RAX, wide());
    int compared = asm.length() - Integer.BYTES;
    asm.jumpShort(Condition.ZERO, unchanged);
    asm.mov32(wide(), RAX);
    modes = new int[] {compared, asm.length() - Integer.BYTES};
    writeMxcsr(asm);
    asm.bind(unchanged);
    return asm.toByteArray();
  }

  /**
   * Rounds in the mode that RAX has. With a jump to the next instruction behind it the write costs
   * less on processors of AMD.
   */
  static void writeMxcsr(Assembler asm) {
    Label written = new Label();
    asm.mov32(LaneLayout.common(LaneLayout.CURRENT_MODE), RAX);
    asm.ldmxcsr(Address.at(RegisterMap.LANES, RAX, Integer.BYTES, LaneLayout.MXCSRS));
    asm.jmpShort(written);
    asm.bind(written);
  }

  /** The value of MXCSR in a mode. */
  static int mxcsr(int mode) {
    return MXCSR_NEAREST | mode << MXCSR_MODE_SHIFT;
  }

  /** The new mode to RAX. */
  private void writeMode(Assembler asm, int src, Label unchanged) {
    if (bmi2) {
      asm.rorx(RAX, RegisterMap.r(src), 0);
    } else {
      asm.mov(RAX, RegisterMap.r(src));
      asm.ror(RAX, 0);
    }
    rotation = asm.length() - 1;
    if (version == RandomXVersion.V2) {
      asm.test32(RAX, RARE_MASK);
      asm.jumpShort(Condition.NOT_ZERO, unchanged);
    }
    asm.and32(RAX, MODE_MASK);
  }

  private static Address wide() {
    return Address.at(RegisterMap.LANES, WIDE);
  }
}

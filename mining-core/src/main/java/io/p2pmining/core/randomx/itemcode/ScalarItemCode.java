package io.p2pmining.core.randomx.itemcode;

import static io.p2pmining.core.randomx.itemcode.ScalarInstructions.register;
import static io.p2pmining.core.x86.Gpr.RAX;
import static io.p2pmining.core.x86.Gpr.RBX;
import static io.p2pmining.core.x86.Gpr.RCX;
import static io.p2pmining.core.x86.Gpr.RDI;

import io.p2pmining.core.randomx.ItemSeed;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;
import java.util.List;

/**
 * A subroutine that computes one item in general-purpose registers. Immutable.
 *
 * <pre>
 *   RAX        in: the item's number, unsigned 32 bits in 64; then scratch
 *   RDX        scratch of multiplications
 *   RBX, RCX   addresses of the cache lines of this round and the next, in turn
 *   RDI        in: the address of the cache; kept
 *   R8 to R15  out: the item, r0 to r7
 * </pre>
 *
 * It changes no other register but the flags, and no memory.
 */
public final class ScalarItemCode {

  /** Eight XORs with the line, and the address of the next one. */
  private static final int MAX_ROUND_BYTES = 64;

  /** The seeds with their constants, the address of the first line, the return. */
  private static final int MAX_FRAME_BYTES = 256;

  private static final int REGISTERS = SuperscalarProgram.REGISTER_COUNT;

  private final List<SplitProgram> programs;
  private final boolean mulx;

  /**
   * A subroutine for the programs of a key.
   *
   * @param mulx whether the processor has MULX (BMI2)
   */
  public ScalarItemCode(List<SuperscalarProgram> programs, boolean mulx) {
    this.programs = programs.stream().map(SplitProgram::of).toList();
    this.mulx = mulx;
  }

  /** As many bytes as {@link #emit} writes at most. */
  public int maxBytes() {
    return MAX_FRAME_BYTES
        + programs.size() * MAX_ROUND_BYTES
        + programs.stream().mapToInt(SplitProgram::size).sum()
            * (ScalarInstructions.MAX_BYTES + Long.BYTES);
  }

  /**
   * Writes the subroutine and behind it its constants. It is called at the position at which this
   * begins.
   */
  public void emit(Assembler asm) {
    int begin = asm.length();
    ConstantPool constants = new ConstantPool();
    ScalarInstructions instructions = new ScalarInstructions(asm, constants, mulx);
    emitSeeds(asm, constants);
    for (int round = 0; round < programs.size(); round++) {
      SplitProgram program = programs.get(round);
      Gpr line = round % 2 == 0 ? RBX : RCX;
      Gpr next = round % 2 == 0 ? RCX : RBX;
      program.before().forEach(instructions::emit);
      if (round < programs.size() - 1) {
        asm.mov(next, word(line, program.addressRegister()));
        asm.xor(next, register(program.addressRegister()));
        emitLineAddress(asm, next);
      }
      program.after().forEach(instructions::emit);
      for (int i = 0; i < REGISTERS; i++) {
        asm.xor(register(i), word(line, i));
      }
    }
    asm.ret();
    constants.emit(asm);
    CodeSize.require(asm.length() - begin, maxBytes());
  }

  private static void emitSeeds(Assembler asm, ConstantPool constants) {
    asm.mov32(RBX, RAX);
    emitLineAddress(asm, RBX);
    asm.lea(register(0), Address.at(RAX, 1));
    asm.imul(register(0), constants.of(ItemSeed.MULTIPLIER));
    for (int i = 1; i < REGISTERS; i++) {
      asm.mov(register(i), constants.of(ItemSeed.xor(i)));
      asm.xor(register(i), register(0));
    }
  }

  /** From the low bits of a line's index to its address, at which fetching begins. */
  private static void emitLineAddress(Assembler asm, Gpr line) {
    asm.and32(line, CacheLines.MASK);
    asm.shl(line, CacheLines.SHIFT);
    asm.add(line, RDI);
    asm.prefetcht0(Address.at(line));
  }

  private static Address word(Gpr line, int index) {
    return Address.at(line, index * Long.BYTES);
  }
}

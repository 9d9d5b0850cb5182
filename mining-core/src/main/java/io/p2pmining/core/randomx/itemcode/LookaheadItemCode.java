package io.p2pmining.core.randomx.itemcode;

import static io.p2pmining.core.x86.Gpr.R8;
import static io.p2pmining.core.x86.Gpr.RAX;
import static io.p2pmining.core.x86.Gpr.RCX;
import static io.p2pmining.core.x86.Gpr.RDX;

import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Condition;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.Label;
import java.util.List;

/**
 * A subroutine that gives one item and computes with it those that are announced, which takes much
 * less time than one after another: while a line of one is fetched from the cache, the others
 * compute. Announced items wait in a window for the calls that want them. Immutable.
 *
 * <pre>
 *   RAX        in: the item's number, unsigned 32 bits in 64; then scratch
 *   RDX        in: the number of the item that will be wanted next; then scratch
 *   R8         in, with two announced: the number of the item after that
 *   RCX        in: the address of the window; kept
 *   RDI        in: the address of the cache; kept
 *   RBX        scratch
 *   R8 to R15  out: the item, r0 to r7
 * </pre>
 *
 * It changes no other register but the flags, and no memory but the window. A wrong announcement
 * costs time and changes no result. A window belongs to one thread and one cache and begins at a
 * cache line; it is filled with the byte {@link #EMPTY} before its first use.
 */
public final class LookaheadItemCode {

  /** What an empty window is filled with; it makes numbers that no item has. */
  public static final byte EMPTY = -1;

  /** Looking for the item in the window, noting the announced, giving out. */
  private static final int MAX_FRAME_BYTES = 512;

  private static final Gpr WINDOW = RCX;
  private static final List<Gpr> NUMBERS = List.of(RAX, RDX, R8);

  private final List<SuperscalarProgram> programs;
  private final int announced;
  private final boolean mulx;

  /**
   * A subroutine for the programs of a key.
   *
   * @param announced how many items are announced with each that is wanted, 1 or 2
   * @param mulx whether the processor has MULX (BMI2)
   */
  public LookaheadItemCode(List<SuperscalarProgram> programs, int announced, boolean mulx) {
    if (announced < 1 || announced >= NUMBERS.size()) {
      throw new IllegalArgumentException("announced=" + announced + ", must be 1 or 2");
    }
    this.programs = List.copyOf(programs);
    this.announced = announced;
    this.mulx = mulx;
  }

  /** The length of a window in bytes. */
  public static int windowBytes(int announced) {
    return (1 + announced) * ScalarPlaces.BYTES;
  }

  /**
   * Writes the subroutine and behind it its constants. It is called at the position at which this
   * begins.
   */
  public void emit(Assembler asm) {
    int begin = asm.length();
    ConstantPool constants = new ConstantPool();
    ScalarPlaces places = new ScalarPlaces.Announced(WINDOW);
    ScalarItems items = new ScalarItems(asm, constants, programs, places, 1 + announced, mulx);
    Label[] hits = new Label[announced];
    for (int i = 0; i < announced; i++) {
      hits[i] = new Label();
      asm.cmp(RAX, places.of(1 + i, ScalarPlaces.NUMBER));
      asm.jump(Condition.ZERO, hits[i]);
    }
    for (int i = 0; i <= announced; i++) {
      asm.mov(places.of(i, ScalarPlaces.NUMBER), NUMBERS.get(i));
    }
    for (int round = 0; round < programs.size(); round++) {
      items.round(round).forEach(ItemStream.Step::emit);
    }
    emitGiving(asm, places, 0);
    for (int i = 0; i < announced; i++) {
      asm.bind(hits[i]);
      emitGiving(asm, places, 1 + i);
    }
    constants.emit(asm);
    CodeSize.require(
        asm.length() - begin, MAX_FRAME_BYTES + items.maxBytes() + constants.maxBytes());
  }

  private static void emitGiving(Assembler asm, ScalarPlaces places, int item) {
    for (int i = 0; i < SuperscalarProgram.REGISTER_COUNT; i++) {
      Address word = places.of(item, i * Long.BYTES);
      asm.mov(ScalarInstructions.register(i), word);
    }
    asm.ret();
  }
}

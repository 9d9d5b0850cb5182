package io.p2pmining.core.randomx.compiler;

import static io.p2pmining.core.randomx.compiler.RegisterMap.COUNTER;
import static io.p2pmining.core.randomx.compiler.RegisterMap.DATASET;
import static io.p2pmining.core.randomx.compiler.RegisterMap.E_KEPT;
import static io.p2pmining.core.randomx.compiler.RegisterMap.E_SET;
import static io.p2pmining.core.randomx.compiler.RegisterMap.LANES;
import static io.p2pmining.core.randomx.compiler.RegisterMap.SCALE;
import static io.p2pmining.core.randomx.compiler.RegisterMap.SCRATCHPAD;
import static io.p2pmining.core.randomx.compiler.RegisterMap.a;
import static io.p2pmining.core.randomx.compiler.RegisterMap.e;
import static io.p2pmining.core.randomx.compiler.RegisterMap.f;
import static io.p2pmining.core.randomx.compiler.RegisterMap.r;
import static io.p2pmining.core.x86.Gpr.RAX;
import static io.p2pmining.core.x86.Gpr.RCX;
import static io.p2pmining.core.x86.Gpr.RDI;
import static io.p2pmining.core.x86.Gpr.RDX;

import io.p2pmining.core.crypto.compiled.SoftwareAes;
import io.p2pmining.core.randomx.RandomXVersion;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Condition;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.Label;
import io.p2pmining.core.x86.VectorOperation;

/**
 * The machine code around the programs (specification, section 4.6.2): entry and exit, and for each
 * lane what comes before and after the instructions of an iteration. Lanes take turns: after an
 * iteration of one comes the same iteration of the next, so that what a lane waits for, a line of
 * the dataset above all, arrives while the others compute.
 *
 * <pre>
 *   entry, exit | lane 0: epilogue, prologue, body | lane 1: epilogue, prologue, body | .. | AES
 *
 *   entry ──▶ prologue 0 ─▶ body 0 ─▶ epilogue 0 ──▶ prologue 1 ─▶ .. ─▶ epilogue of the last ─┬─▶ exit
 *                ▲                                                                            │
 *                └────────────────────────────── iterations are left ────────────────────────┘
 * </pre>
 *
 * <p>The bodies are written later, behind each prologue, and end with a jump to the epilogue.
 * Rounds of AES follow for processors without instructions for them.
 */
final class LoopCode {

  /** The registers that the calling convention wants unchanged. */
  private static final Gpr[] SAVED = {Gpr.RBX, Gpr.RBP, Gpr.R12, Gpr.R13, Gpr.R14, Gpr.R15};

  /**
   * Where the next iteration reads and writes the scratchpad. Between the epilogue and the prologue
   * they stay in registers, unless another lane comes in between.
   */
  private static final Gpr ADDRESS_0 = RDX;

  private static final Gpr ADDRESS_1 = RAX;

  private static final int REGISTERS = 8;
  private static final int GROUP = 4;
  private static final int VECTOR_BYTES = 16;
  private static final int ITEM_SHIFT = 6;

  /** Bodies begin at a line of the instruction cache. */
  private static final int BODY_ALIGNMENT = 64;

  /** Keeps the bodies of two lanes out of each other's sets of the instruction cache. */
  private static final int SKEW_BYTES = 1024;

  private static final int PAGE_BYTES = 4096;

  /** Which register of two an address register is; the second has an odd number. */
  private record AddressRegisterBytes(int[] positions) {}

  private final LoopShape shape;
  private final LaneLayout layout;
  private final FloatCode floats;
  private final Assembler asm = new Assembler();
  private final ItemPrefetch prefetch;
  private final SoftwareAes softwareAes = new SoftwareAes(asm);
  private final Label[] prologues;
  private final Label exit = new Label();
  private final int[] epilogues;
  private final int[] bodies;
  private final AddressRegisterBytes[] addressRegisters;
  private final byte[] bytes;

  /**
   * Generates the code.
   *
   * @param bodyBytes how much room each body is to have
   */
  LoopCode(LoopShape shape, LaneLayout layout, FloatCode floats, int bodyBytes) {
    this.shape = shape;
    this.layout = layout;
    this.floats = floats;
    this.prefetch = new ItemPrefetch(asm, shape, layout);
    this.prologues = new Label[shape.lanes()];
    this.epilogues = new int[shape.lanes()];
    this.bodies = new int[shape.lanes()];
    this.addressRegisters = new AddressRegisterBytes[shape.lanes()];
    for (int lane = 0; lane < shape.lanes(); lane++) {
      prologues[lane] = new Label();
    }
    writeEntry();
    writeExit();
    for (int lane = 0; lane < shape.lanes(); lane++) {
      asm.align(BODY_ALIGNMENT);
      writeEpilogue(lane);
      writePrologue(lane);
      asm.align(BODY_ALIGNMENT);
      bodies[lane] = asm.length();
      int end = bodies[lane] + bodyBytes;
      int next = (end + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES + SKEW_BYTES;
      asm.nops(next - asm.length());
    }
    if (shape.computesAes()) {
      softwareAes.emitSubroutines();
    }
    bytes = asm.toByteArray();
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the body of a lane begins. */
  int body(int lane) {
    return bodies[lane];
  }

  /** Where the epilogue of a lane begins. */
  int epilogue(int lane) {
    return epilogues[lane];
  }

  /** The positions of the bytes whose lowest bit names address register 0, 1, 2 and 3 of a lane. */
  int[] addressRegisterBytes(int lane) {
    return addressRegisters[lane].positions;
  }

  private boolean isInterleaved() {
    return shape.lanes() > 1;
  }

  private void writeEntry() {
    for (Gpr register : SAVED) {
      asm.push(register);
    }
    asm.mov(LANES, RDI);
    if (!floats.embedsRounding()) {
      asm.stmxcsr(LaneLayout.common(LaneLayout.HOST_MXCSR));
      asm.mov32(RAX, layout.of(0, LaneLayout.MODE));
      RoundingCode.writeMxcsr(asm);
    }
    floats.load(asm, E_KEPT, LaneLayout.common(LaneLayout.E_KEPT_BITS));
    floats.load(asm, SCALE, LaneLayout.common(LaneLayout.SCALE_BITS));
    asm.mov32(COUNTER, LaneLayout.common(LaneLayout.ITERATIONS));
    prefetch.first();
    loadLane(0);
    if (!isInterleaved()) {
      for (int i = 0; i < REGISTERS; i++) {
        asm.mov(r(i), layout.of(0, LaneLayout.R + i * Long.BYTES));
      }
      loadAddresses(0);
    }
    asm.jmp(prologues[0]);
  }

  private void writeExit() {
    asm.bind(exit);
    if (floats.embedsRounding()) {
      asm.vzeroupper();
    } else {
      asm.ldmxcsr(LaneLayout.common(LaneLayout.HOST_MXCSR));
    }
    for (int i = SAVED.length - 1; i >= 0; i--) {
      asm.pop(SAVED[i]);
    }
    asm.ret();
  }

  /** What stays the same while a lane runs its program. */
  private void loadLane(int lane) {
    asm.mov(SCRATCHPAD, layout.of(lane, LaneLayout.SCRATCHPAD));
    if (!shape.computesItems()) {
      asm.mov(DATASET, layout.of(lane, LaneLayout.DATASET));
    }
    floats.load(asm, E_SET, layout.of(lane, LaneLayout.E_SET_BITS));
    for (int i = 0; i < GROUP; i++) {
      floats.load(asm, a(i), layout.of(lane, LaneLayout.A + i * VECTOR_BYTES));
    }
  }

  /** Steps 1 to 3; the scratchpad addresses were computed at the end of the iteration before. */
  private void writePrologue(int lane) {
    asm.bind(prologues[lane]);
    if (isInterleaved()) {
      loadLane(lane);
      if (!floats.embedsRounding()) {
        switchRounding(lane);
      }
      loadAddresses(lane);
    }
    for (int i = 0; i < REGISTERS; i++) {
      if (isInterleaved()) {
        asm.mov(r(i), layout.of(lane, LaneLayout.R + i * Long.BYTES));
      }
      asm.xor(r(i), Address.at(SCRATCHPAD, ADDRESS_0, 1, i * Long.BYTES));
    }
    for (int i = 0; i < GROUP; i++) {
      floats.convert(asm, f(i), Address.at(SCRATCHPAD, ADDRESS_1, 1, i * Long.BYTES));
    }
    for (int i = 0; i < GROUP; i++) {
      floats.convert(asm, e(i), Address.at(SCRATCHPAD, ADDRESS_1, 1, (GROUP + i) * Long.BYTES));
      floats.toGroupE(asm, e(i));
    }
    prefetch.walk(lane);
  }

  private void loadAddresses(int lane) {
    asm.mov32(ADDRESS_0, layout.of(lane, LaneLayout.ADDRESS_0));
    asm.mov32(ADDRESS_1, layout.of(lane, LaneLayout.ADDRESS_1));
  }

  private void switchRounding(int lane) {
    Label same = new Label();
    asm.mov32(RAX, layout.of(lane, LaneLayout.MODE));
    asm.cmp32(RAX, LaneLayout.common(LaneLayout.CURRENT_MODE));
    asm.jumpShort(Condition.ZERO, same);
    RoundingCode.writeMxcsr(asm);
    asm.bind(same);
  }

  /** Steps 5 to 12, and step 1 of the next iteration. */
  private void writeEpilogue(int lane) {
    int[] chosen = new int[GROUP];
    epilogues[lane] = asm.length();
    prefetch.afterWalk(lane);
    readDataset(lane, chosen);
    computeAddresses(chosen);
    storeIntegers(lane);
    mixFloats();
    asm.mov32(RCX, layout.of(lane, LaneLayout.ADDRESS_0));
    for (int i = 0; i < GROUP; i++) {
      floats.store(asm, Address.at(SCRATCHPAD, RCX, 1, i * VECTOR_BYTES), f(i));
    }
    asm.mov32(layout.of(lane, LaneLayout.ADDRESS_0), ADDRESS_0);
    asm.mov32(layout.of(lane, LaneLayout.ADDRESS_1), ADDRESS_1);
    addressRegisters[lane] = new AddressRegisterBytes(chosen);
    Label last = new Label();
    Label goOn = new Label();
    asm.cmp32(COUNTER, 1);
    asm.jump(Condition.ZERO, last);
    asm.bind(goOn);
    if (lane + 1 < shape.lanes()) {
      asm.jmp(prologues[lane + 1]);
    } else {
      asm.sub32(COUNTER, 1);
      asm.jump(Condition.NOT_ZERO, prologues[0]);
      asm.jmp(exit);
    }
    asm.bind(last);
    storeRegisterFile(lane);
    asm.jmp(goOn);
  }

  /** Steps 5 to 8. */
  private void readDataset(int lane, int[] chosen) {
    boolean first = shape.version() == RandomXVersion.V1;
    Gpr read = RDX;
    Gpr announced = RCX;
    asm.mov32(read, layout.of(lane, LaneLayout.MA));
    asm.mov32(announced, layout.of(lane, first ? LaneLayout.MX : LaneLayout.MA));
    chosen[2] = xorChoice(announced, 4);
    chosen[3] = xorChoice(announced, 6);
    if (first) {
      asm.mov32(layout.of(lane, LaneLayout.MA), announced);
      asm.mov32(layout.of(lane, LaneLayout.MX), read);
    } else {
      asm.mov32(RAX, layout.of(lane, LaneLayout.MX));
      asm.mov32(layout.of(lane, LaneLayout.MA), RAX);
      asm.mov32(layout.of(lane, LaneLayout.MX), announced);
    }
    asm.and32(read, shape.datasetMask());
    if (shape.computesItems()) {
      computeItem(lane);
      return;
    }
    asm.and32(announced, shape.datasetMask());
    prefetch.atOnce(announced);
    for (int i = 0; i < REGISTERS; i++) {
      asm.xor(r(i), Address.at(DATASET, read, 1, i * Long.BYTES));
    }
  }

  /**
   * The item at the address in RDX, from the cache. With it may be computed what the program will
   * read next: at the address in RCX or, in version 2, at that in RAX and then at that in RCX.
   */
  private void computeItem(int lane) {
    for (int i = 0; i < REGISTERS; i++) {
      asm.mov(layout.of(lane, LaneLayout.SAVED_R + i * Long.BYTES), r(i));
    }
    Gpr wanted = r(1);
    asm.mov32(wanted, RDX);
    switch (shape.version()) {
      case V1 -> asm.mov32(RDX, RCX);
      case V2 -> {
        asm.mov32(RDX, RAX);
        asm.mov32(r(0), RCX);
        toItemNumber(lane, r(0));
      }
    }
    toItemNumber(lane, RDX);
    asm.mov32(RAX, wanted);
    toItemNumber(lane, RAX);
    asm.lea(RCX, layout.of(lane, layout.window()));
    asm.push(COUNTER);
    asm.mov(RDI, LaneLayout.common(LaneLayout.CACHE));
    asm.call(LaneLayout.common(LaneLayout.ITEM_ROUTINE));
    asm.pop(COUNTER);
    for (int i = 0; i < REGISTERS; i++) {
      asm.xor(r(i), layout.of(lane, LaneLayout.SAVED_R + i * Long.BYTES));
    }
  }

  /** From an address in the part of the dataset that is a power of two. */
  private void toItemNumber(int lane, Gpr address) {
    asm.and32(address, shape.datasetMask());
    asm.shr32(address, ITEM_SHIFT);
    asm.add32(address, layout.of(lane, LaneLayout.DATASET));
  }

  /** Step 9. */
  private void storeIntegers(int lane) {
    asm.mov32(RCX, layout.of(lane, LaneLayout.ADDRESS_1));
    for (int i = 0; i < REGISTERS; i++) {
      asm.mov(Address.at(SCRATCHPAD, RCX, 1, i * Long.BYTES), r(i));
      if (isInterleaved()) {
        asm.mov(layout.of(lane, LaneLayout.R + i * Long.BYTES), r(i));
      }
    }
  }

  /** Step 10. */
  private void mixFloats() {
    switch (shape.version()) {
      case V1 -> {
        for (int i = 0; i < GROUP; i++) {
          floats.bitwise(asm, VectorOperation.XORPS, f(i), e(i));
        }
      }
      case V2 -> {
        for (int key = 0; key < GROUP; key++) {
          for (int i = 0; i < GROUP; i++) {
            mixByAes(i, key);
          }
        }
      }
    }
  }

  private void mixByAes(int state, int key) {
    boolean encrypts = state % 2 == 0;
    if (shape.aesInstructions()) {
      VectorOperation round = encrypts ? VectorOperation.AESENC : VectorOperation.AESDEC;
      floats.aes(asm, round, f(state), e(key));
    } else if (encrypts) {
      softwareAes.encrypt(f(state), e(key));
    } else {
      softwareAes.decrypt(f(state), e(key));
    }
  }

  /** Steps 12 and 1: where the next iteration reads and writes the scratchpad. */
  private void computeAddresses(int[] chosen) {
    chosen[0] = movChoice(ADDRESS_1, 0);
    chosen[1] = xorChoice64(ADDRESS_1, 2);
    asm.mov32(ADDRESS_0, ADDRESS_1);
    asm.shr(ADDRESS_1, Integer.SIZE);
    asm.and32(ADDRESS_0, shape.lineMask());
    asm.and32(ADDRESS_1, shape.lineMask());
    asm.prefetcht0(Address.at(SCRATCHPAD, ADDRESS_0));
    asm.prefetcht0(Address.at(SCRATCHPAD, ADDRESS_1));
  }

  // An instruction on one of two registers; the last byte has an even register's number in it.

  private int movChoice(Gpr dst, int even) {
    asm.mov(dst, r(even));
    return asm.length() - 1;
  }

  private int xorChoice64(Gpr dst, int even) {
    asm.xor(dst, r(even));
    return asm.length() - 1;
  }

  private int xorChoice(Gpr dst, int even) {
    asm.xor32(dst, r(even));
    return asm.length() - 1;
  }

  /** After the last iteration: what the register file does not have yet. */
  private void storeRegisterFile(int lane) {
    for (int i = 0; i < GROUP; i++) {
      floats.store(asm, layout.of(lane, LaneLayout.F + i * VECTOR_BYTES), f(i));
      floats.store(asm, layout.of(lane, LaneLayout.E + i * VECTOR_BYTES), e(i));
    }
    if (!isInterleaved()) {
      for (int i = 0; i < REGISTERS; i++) {
        asm.mov(layout.of(lane, LaneLayout.R + i * Long.BYTES), r(i));
      }
    }
  }
}

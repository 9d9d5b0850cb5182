package io.p2pmining.core.crypto.compiled;

import static io.p2pmining.core.crypto.compiled.AesRegisters.SCRATCH;
import static io.p2pmining.core.x86.VectorOperation.AESDEC;
import static io.p2pmining.core.x86.VectorOperation.AESENC;
import static io.p2pmining.core.x86.VectorOperation.MOVDQA;
import static io.p2pmining.core.x86.VectorOperation.MOVDQU;
import static io.p2pmining.core.x86.VectorOperation.MOVDQU_STORE;
import static io.p2pmining.core.x86.VectorOperation.PBLENDMQ;
import static io.p2pmining.core.x86.VectorOperation.PERMQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorRegister.zmm;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.VectorRegister;

/**
 * Two lanes, a and b, in registers of 512 bits (VAES with AVX-512). Their states of four blocks are
 * kept as their even blocks, {@code (a0, b0, a2, b2)}, and their odd blocks, {@code (b1, a1, b3,
 * a3)}: in this order two lines are taken apart and put together by two blends and one exchange of
 * neighbours.
 *
 * <pre>
 * ZMM16 to ZMM19  states of the generator: even and odd blocks of the first pair, of the second
 * ZMM20 to ZMM23  states of the hash, likewise
 * ZMM24, ZMM25    keys of AesGenerator1R for even and odd blocks
 * ZMM24 to ZMM27  keys of AesGenerator4R for each round
 * ZMM28 to ZMM31  scratch
 * K1              the second of every two blocks
 * </pre>
 */
final class ZmmPair implements LaneGroup {

  private static final int ROUNDS = 4;
  private static final int SECOND_OF_TWO = 1;
  private static final int SECOND_OF_TWO_MASK = 0b11001100;
  private static final int EXCHANGE_NEIGHBOURS = 0x4E;

  private static final VectorRegister KEY_EVEN = zmm(24);
  private static final VectorRegister KEY_ODD = zmm(25);
  private static final VectorRegister FIRST_LINE = zmm(28);
  private static final VectorRegister SECOND_LINE = zmm(29);
  private static final VectorRegister INPUT_EVEN = zmm(30);
  private static final VectorRegister INPUT_ODD = zmm(31);

  private final Assembler asm;
  private final AesConstants constants;
  private final int lane;
  private final VectorRegister stateEven;
  private final VectorRegister stateOdd;
  private final VectorRegister hashEven;
  private final VectorRegister hashOdd;

  /**
   * A lane and the next one.
   *
   * @param slot 0 for the first pair of a loop, 1 for the second
   */
  ZmmPair(Assembler asm, AesConstants constants, int lane, int slot) {
    this.asm = asm;
    this.constants = constants;
    this.lane = lane;
    stateEven = zmm(16 + 2 * slot);
    stateOdd = zmm(17 + 2 * slot);
    hashEven = zmm(20 + 2 * slot);
    hashOdd = zmm(21 + 2 * slot);
  }

  @Override
  public int lanes() {
    return 2;
  }

  @Override
  public void beginFill() {
    asm.vector(MOVDQA, KEY_EVEN, pairs(constants.fillKey(0), constants.fillKey(2)));
    asm.vector(MOVDQA, KEY_ODD, pairs(constants.fillKey(1), constants.fillKey(3)));
    loadState();
  }

  @Override
  public void fillLine(int displacement) {
    asm.vector(AESDEC, stateEven, stateEven, KEY_EVEN);
    asm.vector(AESENC, stateOdd, stateOdd, KEY_ODD);
    storeLines(AesRegisters.pointer(lane), AesRegisters.pointer(lane + 1), displacement);
  }

  @Override
  public void beginProgram() {
    for (int round = 0; round < ROUNDS; round++) {
      AesBlock low = constants.programKey(round, 0);
      AesBlock high = constants.programKey(round, 2);
      asm.vector(MOVDQA, programKey(round), pairs(low, high));
    }
    loadState();
  }

  @Override
  public void programLine(int displacement) {
    for (int round = 0; round < ROUNDS; round++) {
      asm.vector(AESDEC, stateEven, stateEven, programKey(round));
      asm.vector(AESENC, stateOdd, stateOdd, programKey(round));
    }
    storeLines(AesRegisters.pointer(lane), AesRegisters.pointer(lane + 1), displacement);
  }

  @Override
  public void endGenerator() {
    joinLines(stateEven, stateOdd);
    storeTo(AesLanes.STATE);
  }

  @Override
  public void beginHash() {
    setMask();
    asm.vector(MOVDQA, hashEven, pairs(constants.hashState(0), constants.hashState(2)));
    asm.vector(MOVDQA, hashOdd, pairs(constants.hashState(1), constants.hashState(3)));
  }

  @Override
  public void hashLine(int displacement) {
    asm.vector(MOVDQU, FIRST_LINE, Address.at(AesRegisters.pointer(lane), displacement));
    Address second = Address.at(AesRegisters.pointer(lane + 1), displacement);
    asm.vector(PERMQ_IMMEDIATE, SECOND_LINE, second, EXCHANGE_NEIGHBOURS);
    splitLines(INPUT_EVEN, INPUT_ODD);
    asm.vector(AESENC, hashEven, hashEven, INPUT_EVEN);
    asm.vector(AESDEC, hashOdd, hashOdd, INPUT_ODD);
  }

  @Override
  public void endHash() {
    for (int round = 0; round < 2; round++) {
      AesBlock key = constants.hashExtraKey(round);
      Address keys = pairs(key, key);
      asm.vector(AESENC, hashEven, hashEven, keys);
      asm.vector(AESDEC, hashOdd, hashOdd, keys);
    }
    joinLines(hashEven, hashOdd);
    storeTo(AesLanes.FINGERPRINT);
  }

  private void setMask() {
    asm.mov(SCRATCH, SECOND_OF_TWO_MASK);
    asm.kmovb(SECOND_OF_TWO, SCRATCH);
  }

  private void loadState() {
    setMask();
    asm.mov(SCRATCH, AesRegisters.field(lane, AesLanes.STATE));
    asm.vector(MOVDQU, FIRST_LINE, Address.at(SCRATCH));
    asm.mov(SCRATCH, AesRegisters.field(lane + 1, AesLanes.STATE));
    asm.vector(PERMQ_IMMEDIATE, SECOND_LINE, Address.at(SCRATCH), EXCHANGE_NEIGHBOURS);
    splitLines(stateEven, stateOdd);
  }

  /** Blocks (a0, a1, a2, a3) and (b1, b0, b3, b2) become (a0, b0, a2, b2) and (b1, a1, b3, a3). */
  private void splitLines(VectorRegister even, VectorRegister odd) {
    asm.masked(PBLENDMQ, even, SECOND_OF_TWO, FIRST_LINE, SECOND_LINE);
    asm.masked(PBLENDMQ, odd, SECOND_OF_TWO, SECOND_LINE, FIRST_LINE);
  }

  /** The other way round, and the second line in its own order. */
  private void joinLines(VectorRegister even, VectorRegister odd) {
    asm.masked(PBLENDMQ, FIRST_LINE, SECOND_OF_TWO, even, odd);
    asm.masked(PBLENDMQ, SECOND_LINE, SECOND_OF_TWO, odd, even);
    asm.vector(PERMQ_IMMEDIATE, SECOND_LINE, SECOND_LINE, EXCHANGE_NEIGHBOURS);
  }

  private void storeLines(Gpr first, Gpr second, int displacement) {
    joinLines(stateEven, stateOdd);
    asm.vector(MOVDQU_STORE, Address.at(first, displacement), FIRST_LINE);
    asm.vector(MOVDQU_STORE, Address.at(second, displacement), SECOND_LINE);
  }

  private void storeTo(int field) {
    asm.mov(SCRATCH, AesRegisters.field(lane, field));
    asm.vector(MOVDQU_STORE, Address.at(SCRATCH), FIRST_LINE);
    asm.mov(SCRATCH, AesRegisters.field(lane + 1, field));
    asm.vector(MOVDQU_STORE, Address.at(SCRATCH), SECOND_LINE);
  }

  private Address pairs(AesBlock low, AesBlock high) {
    return constants.group(low, low, high, high);
  }

  private static VectorRegister programKey(int round) {
    return zmm(24 + round);
  }
}

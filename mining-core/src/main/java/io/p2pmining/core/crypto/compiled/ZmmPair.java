package io.p2pmining.core.crypto.compiled;

import static io.p2pmining.core.crypto.compiled.AesRegisters.SCRATCH;
import static io.p2pmining.core.x86.VectorOperation.AESDEC;
import static io.p2pmining.core.x86.VectorOperation.AESENC;
import static io.p2pmining.core.x86.VectorOperation.MOVDQA;
import static io.p2pmining.core.x86.VectorOperation.MOVDQU;
import static io.p2pmining.core.x86.VectorOperation.MOVDQU_STORE;
import static io.p2pmining.core.x86.VectorOperation.PBLENDMQ;
import static io.p2pmining.core.x86.VectorOperation.PERMQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorOperation.PERMT2Q;
import static io.p2pmining.core.x86.VectorRegister.zmm;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.VectorRegister;

/**
 * Two lanes, a and b, in registers of 512 bits (VAES with AVX-512). Their states of four blocks are
 * kept as their even blocks, {@code (a0, b0, a2, b2)}, and their odd blocks, {@code (b1, a1, b3,
 * a3)}: in this order two masked exchanges of neighbours take two lines apart, and a blend and a
 * permutation put them together. Permutations wait for a unit that rounds need too, so of the ways
 * to do this that were tried the one with the fewest is the fastest.
 *
 * <pre>
 * ZMM16 to ZMM19  states of the generator: even and odd blocks of the first pair, of the second
 * ZMM20 to ZMM23  states of the hash, likewise
 * ZMM24, ZMM25    keys of AesGenerator1R for even and odd blocks
 * ZMM24 to ZMM27  keys of AesGenerator4R for each round
 * ZMM28, ZMM29    scratch
 * ZMM30           the order of blocks in a second line
 * K1, K2          the second, the first of every two blocks
 * </pre>
 */
final class ZmmPair implements LaneGroup {

  private static final int ROUNDS = 4;
  private static final int SECOND_OF_TWO = 1;
  private static final int SECOND_OF_TWO_WORDS = 0b11001100;
  private static final int FIRST_OF_TWO = 2;
  private static final int FIRST_OF_TWO_WORDS = 0b00110011;
  private static final int EXCHANGE_NEIGHBOURS = 0x4E;

  private static final VectorRegister KEY_EVEN = zmm(24);
  private static final VectorRegister KEY_ODD = zmm(25);
  private static final VectorRegister FIRST_LINE = zmm(28);
  private static final VectorRegister SECOND_LINE = zmm(29);
  private static final VectorRegister INPUT_EVEN = zmm(28);
  private static final VectorRegister INPUT_ODD = zmm(29);
  private static final VectorRegister SECOND_LINE_ORDER = zmm(30);

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
    storeLines(first(displacement), second(displacement));
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
    storeLines(first(displacement), second(displacement));
  }

  @Override
  public void endGenerator() {
    joinLines(stateEven, stateOdd);
    storeTo(AesLanes.STATE);
  }

  @Override
  public void beginHash() {
    loadMasks();
    asm.vector(MOVDQA, hashEven, pairs(constants.hashState(0), constants.hashState(2)));
    asm.vector(MOVDQA, hashOdd, pairs(constants.hashState(1), constants.hashState(3)));
  }

  @Override
  public void hashLine(int displacement) {
    asm.vector(MOVDQU, INPUT_ODD, first(displacement));
    splitLines(INPUT_EVEN, INPUT_ODD, second(displacement));
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

  private void loadMasks() {
    asm.mov(SCRATCH, SECOND_OF_TWO_WORDS);
    asm.kmovb(SECOND_OF_TWO, SCRATCH);
    asm.mov(SCRATCH, FIRST_OF_TWO_WORDS);
    asm.kmovb(FIRST_OF_TWO, SCRATCH);
    Address order = constants.group(words(2), words(8), words(6), words(12));
    asm.vector(MOVDQA, SECOND_LINE_ORDER, order);
  }

  /** The numbers of the two words of a block, as a permutation wants them. */
  private static AesBlock words(long first) {
    return new AesBlock(first, first + 1);
  }

  private void loadState() {
    loadMasks();
    asm.mov(SCRATCH, AesRegisters.field(lane, AesLanes.STATE));
    asm.vector(MOVDQU, stateOdd, Address.at(SCRATCH));
    asm.mov(SCRATCH, AesRegisters.field(lane + 1, AesLanes.STATE));
    splitLines(stateEven, stateOdd, Address.at(SCRATCH));
  }

  /**
   * The first line (a0, a1, a2, a3), in {@code odd}, and the second (b0, b1, b2, b3) become (a0,
   * b0, a2, b2) and (b1, a1, b3, a3).
   */
  private void splitLines(VectorRegister even, VectorRegister odd, Address second) {
    asm.vector(MOVDQA, even, odd);
    asm.masked(PERMQ_IMMEDIATE, even, SECOND_OF_TWO, second, EXCHANGE_NEIGHBOURS);
    asm.masked(PERMQ_IMMEDIATE, odd, FIRST_OF_TWO, second, EXCHANGE_NEIGHBOURS);
  }

  /** The other way round. */
  private void joinLines(VectorRegister even, VectorRegister odd) {
    asm.masked(PBLENDMQ, FIRST_LINE, SECOND_OF_TWO, even, odd);
    asm.vector(MOVDQA, SECOND_LINE, even);
    asm.vector(PERMT2Q, SECOND_LINE, SECOND_LINE_ORDER, odd);
  }

  private void storeLines(Address first, Address second) {
    joinLines(stateEven, stateOdd);
    asm.vector(MOVDQU_STORE, first, FIRST_LINE);
    asm.vector(MOVDQU_STORE, second, SECOND_LINE);
  }

  private void storeTo(int field) {
    asm.mov(SCRATCH, AesRegisters.field(lane, field));
    asm.vector(MOVDQU_STORE, Address.at(SCRATCH), FIRST_LINE);
    asm.mov(SCRATCH, AesRegisters.field(lane + 1, field));
    asm.vector(MOVDQU_STORE, Address.at(SCRATCH), SECOND_LINE);
  }

  private Address first(int displacement) {
    return Address.at(AesRegisters.pointer(lane), displacement);
  }

  private Address second(int displacement) {
    return Address.at(AesRegisters.pointer(lane + 1), displacement);
  }

  private Address pairs(AesBlock low, AesBlock high) {
    return constants.group(low, low, high, high);
  }

  private static VectorRegister programKey(int round) {
    return zmm(24 + round);
  }
}

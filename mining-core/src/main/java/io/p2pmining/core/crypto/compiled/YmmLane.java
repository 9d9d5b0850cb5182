package io.p2pmining.core.crypto.compiled;

import static io.p2pmining.core.crypto.compiled.AesRegisters.SCRATCH;
import static io.p2pmining.core.x86.VectorOperation.AESDEC;
import static io.p2pmining.core.x86.VectorOperation.AESENC;
import static io.p2pmining.core.x86.VectorOperation.BROADCASTI128;
import static io.p2pmining.core.x86.VectorOperation.MOVDQA;
import static io.p2pmining.core.x86.VectorOperation.MOVDQU;
import static io.p2pmining.core.x86.VectorOperation.MOVDQU_STORE;
import static io.p2pmining.core.x86.VectorOperation.PBLENDD;
import static io.p2pmining.core.x86.VectorOperation.PERM2I128;
import static io.p2pmining.core.x86.VectorRegister.ymm;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.VectorRegister;

/**
 * One lane in registers of 256 bits (VAES with AVX2). A state of four blocks is kept as its even
 * blocks, {@code (0, 2)}, and its odd blocks, {@code (3, 1)}: in this order two loads that repeat a
 * block and two blends take a line apart, and a blend and a permutation put it together.
 *
 * <pre>
 * YMM0 to YMM3    states of the generator: even and odd blocks of the first lane, of the second
 * YMM4 to YMM7    states of the hash, likewise
 * YMM8, YMM9      keys of AesGenerator1R for even and odd blocks
 * YMM4 to YMM11   keys of AesGenerator4R for even and odd blocks of each round
 * YMM12 to YMM15  scratch
 * </pre>
 */
final class YmmLane implements LaneGroup {

  private static final int ROUNDS = 4;
  private static final int BLOCK_BYTES = 16;
  private static final int UPPER_HALF = 0xF0;

  /** The upper half of the first source, then the lower half of the second. */
  private static final int HIGH_THEN_LOW = 0x21;

  private static final VectorRegister KEY_EVEN = ymm(8);
  private static final VectorRegister KEY_ODD = ymm(9);
  private static final VectorRegister LOWER = ymm(12);
  private static final VectorRegister UPPER = ymm(13);
  private static final VectorRegister INPUT_EVEN = ymm(14);
  private static final VectorRegister INPUT_ODD = ymm(15);

  private final Assembler asm;
  private final AesConstants constants;
  private final int lane;
  private final VectorRegister stateEven;
  private final VectorRegister stateOdd;
  private final VectorRegister hashEven;
  private final VectorRegister hashOdd;

  /**
   * A lane.
   *
   * @param slot 0 for the first lane of a loop, 1 for the second
   */
  YmmLane(Assembler asm, AesConstants constants, int lane, int slot) {
    this.asm = asm;
    this.constants = constants;
    this.lane = lane;
    stateEven = ymm(2 * slot);
    stateOdd = ymm(2 * slot + 1);
    hashEven = ymm(2 * slot + 4);
    hashOdd = ymm(2 * slot + 5);
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void beginFill() {
    asm.vector(MOVDQA, KEY_EVEN, constants.group(constants.fillKey(0), constants.fillKey(2)));
    asm.vector(MOVDQA, KEY_ODD, constants.group(constants.fillKey(3), constants.fillKey(1)));
    loadState();
  }

  @Override
  public void fillLine(int displacement) {
    asm.vector(AESDEC, stateEven, stateEven, KEY_EVEN);
    asm.vector(AESENC, stateOdd, stateOdd, KEY_ODD);
    storeLine(AesRegisters.pointer(lane), displacement, stateEven, stateOdd);
  }

  @Override
  public void beginProgram() {
    for (int round = 0; round < ROUNDS; round++) {
      AesBlock low = constants.programKey(round, 0);
      AesBlock high = constants.programKey(round, 2);
      asm.vector(MOVDQA, programKeyEven(round), constants.group(low, high));
      asm.vector(MOVDQA, programKeyOdd(round), constants.group(high, low));
    }
    loadState();
  }

  @Override
  public void programLine(int displacement) {
    for (int round = 0; round < ROUNDS; round++) {
      asm.vector(AESDEC, stateEven, stateEven, programKeyEven(round));
      asm.vector(AESENC, stateOdd, stateOdd, programKeyOdd(round));
    }
    storeLine(AesRegisters.pointer(lane), displacement, stateEven, stateOdd);
  }

  @Override
  public void endGenerator() {
    asm.mov(SCRATCH, AesRegisters.field(lane, AesLanes.STATE));
    storeLine(SCRATCH, 0, stateEven, stateOdd);
  }

  @Override
  public void beginHash() {
    asm.vector(MOVDQA, hashEven, constants.group(constants.hashState(0), constants.hashState(2)));
    asm.vector(MOVDQA, hashOdd, constants.group(constants.hashState(3), constants.hashState(1)));
  }

  @Override
  public void hashLine(int displacement) {
    loadLine(AesRegisters.pointer(lane), displacement, INPUT_EVEN, INPUT_ODD);
    asm.vector(AESENC, hashEven, hashEven, INPUT_EVEN);
    asm.vector(AESDEC, hashOdd, hashOdd, INPUT_ODD);
  }

  @Override
  public void endHash() {
    for (int round = 0; round < 2; round++) {
      AesBlock key = constants.hashExtraKey(round);
      Address keys = constants.group(key, key);
      asm.vector(AESENC, hashEven, hashEven, keys);
      asm.vector(AESDEC, hashOdd, hashOdd, keys);
    }
    asm.mov(SCRATCH, AesRegisters.field(lane, AesLanes.FINGERPRINT));
    storeLine(SCRATCH, 0, hashEven, hashOdd);
  }

  private void loadState() {
    asm.mov(SCRATCH, AesRegisters.field(lane, AesLanes.STATE));
    loadLine(SCRATCH, 0, stateEven, stateOdd);
  }

  /** Half a line and its other two blocks, each in both halves, become (0, 2) and (3, 1). */
  private void loadLine(Gpr base, int displacement, VectorRegister even, VectorRegister odd) {
    Address line = Address.at(base, displacement);
    asm.vector(MOVDQU, LOWER, line);
    asm.vector(BROADCASTI128, even, line.plus(2 * BLOCK_BYTES));
    asm.vector(BROADCASTI128, odd, line.plus(3 * BLOCK_BYTES));
    asm.vector(PBLENDD, even, LOWER, even, UPPER_HALF);
    asm.vector(PBLENDD, odd, odd, LOWER, UPPER_HALF);
  }

  private void storeLine(Gpr base, int displacement, VectorRegister even, VectorRegister odd) {
    Address line = Address.at(base, displacement);
    asm.vector(PBLENDD, LOWER, even, odd, UPPER_HALF);
    asm.vector(PERM2I128, UPPER, even, odd, HIGH_THEN_LOW);
    asm.vector(MOVDQU_STORE, line, LOWER);
    asm.vector(MOVDQU_STORE, line.plus(2 * BLOCK_BYTES), UPPER);
  }

  private static VectorRegister programKeyEven(int round) {
    return ymm(4 + 2 * round);
  }

  private static VectorRegister programKeyOdd(int round) {
    return ymm(5 + 2 * round);
  }
}

package io.p2pmining.core.crypto.compiled;

import static io.p2pmining.core.crypto.compiled.AesRegisters.SCRATCH;
import static io.p2pmining.core.x86.VectorOperation.AESDEC;
import static io.p2pmining.core.x86.VectorOperation.AESENC;
import static io.p2pmining.core.x86.VectorOperation.MOVDQA;
import static io.p2pmining.core.x86.VectorOperation.MOVDQU;
import static io.p2pmining.core.x86.VectorOperation.MOVDQU_STORE;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.VectorOperation;
import io.p2pmining.core.x86.VectorRegister;

/**
 * One lane in registers of 128 bits, with the instructions that every processor with AES has.
 *
 * <pre>
 * XMM0  to XMM3    state of a generator, a block each
 * XMM4  to XMM7    state of the hash; of a program's second lane
 * XMM8  to XMM11   keys of AesGenerator1R
 * XMM8  to XMM15   keys of AesGenerator4R
 * </pre>
 */
final class AesNiLane implements LaneGroup {

  private static final int BLOCKS = 4;
  private static final int BLOCK_BYTES = 16;
  private static final int ROUNDS = 4;

  private final Assembler asm;
  private final AesConstants constants;
  private final int lane;
  private final int firstState;

  /**
   * A lane.
   *
   * @param slot 0, or 1 for the second lane of a loop that generates programs
   */
  AesNiLane(Assembler asm, AesConstants constants, int lane, int slot) {
    this.asm = asm;
    this.constants = constants;
    this.lane = lane;
    this.firstState = slot * BLOCKS;
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void beginFill() {
    for (int block = 0; block < BLOCKS; block++) {
      asm.sse(MOVDQA, key(block), constants.group(constants.fillKey(block)));
    }
    loadState();
  }

  @Override
  public void fillLine(int displacement) {
    for (int block = 0; block < BLOCKS; block++) {
      asm.sse(generatorRound(block), state(block), key(block));
    }
    storeLine(AesRegisters.pointer(lane), displacement);
  }

  @Override
  public void beginProgram() {
    for (int round = 0; round < ROUNDS; round++) {
      asm.sse(MOVDQA, key(round), constants.group(constants.programKey(round, 0)));
      asm.sse(MOVDQA, key(round + ROUNDS), constants.group(constants.programKey(round, 2)));
    }
    loadState();
  }

  @Override
  public void programLine(int displacement) {
    for (int round = 0; round < ROUNDS; round++) {
      for (int block = 0; block < BLOCKS; block++) {
        VectorRegister key = key(block < 2 ? round : round + ROUNDS);
        asm.sse(generatorRound(block), state(block), key);
      }
    }
    storeLine(AesRegisters.pointer(lane), displacement);
  }

  @Override
  public void endGenerator() {
    asm.mov(SCRATCH, AesRegisters.field(lane, AesLanes.STATE));
    storeLine(SCRATCH, 0);
  }

  @Override
  public void beginHash() {
    for (int block = 0; block < BLOCKS; block++) {
      asm.sse(MOVDQA, hash(block), constants.group(constants.hashState(block)));
    }
  }

  @Override
  public void hashLine(int displacement) {
    for (int block = 0; block < BLOCKS; block++) {
      Address input = Address.at(AesRegisters.pointer(lane), displacement + block * BLOCK_BYTES);
      asm.sse(hashRound(block), hash(block), input);
    }
  }

  @Override
  public void endHash() {
    for (int round = 0; round < 2; round++) {
      Address key = constants.group(constants.hashExtraKey(round));
      for (int block = 0; block < BLOCKS; block++) {
        asm.sse(hashRound(block), hash(block), key);
      }
    }
    asm.mov(SCRATCH, AesRegisters.field(lane, AesLanes.FINGERPRINT));
    for (int block = 0; block < BLOCKS; block++) {
      asm.sse(MOVDQU_STORE, Address.at(SCRATCH, block * BLOCK_BYTES), hash(block));
    }
  }

  private void loadState() {
    asm.mov(SCRATCH, AesRegisters.field(lane, AesLanes.STATE));
    for (int block = 0; block < BLOCKS; block++) {
      asm.sse(MOVDQU, state(block), Address.at(SCRATCH, block * BLOCK_BYTES));
    }
  }

  private void storeLine(Gpr base, int displacement) {
    for (int block = 0; block < BLOCKS; block++) {
      Address place = Address.at(base, displacement + block * BLOCK_BYTES);
      asm.sse(MOVDQU_STORE, place, state(block));
    }
  }

  private static VectorOperation generatorRound(int block) {
    return block % 2 == 0 ? AESDEC : AESENC;
  }

  private static VectorOperation hashRound(int block) {
    return block % 2 == 0 ? AESENC : AESDEC;
  }

  private VectorRegister state(int block) {
    return VectorRegister.xmm(firstState + block);
  }

  private static VectorRegister hash(int block) {
    return VectorRegister.xmm(BLOCKS + block);
  }

  private static VectorRegister key(int number) {
    return VectorRegister.xmm(2 * BLOCKS + number);
  }
}

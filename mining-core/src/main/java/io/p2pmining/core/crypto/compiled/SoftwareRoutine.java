package io.p2pmining.core.crypto.compiled;

import static io.p2pmining.core.crypto.compiled.SoftwareRound.HIGH;
import static io.p2pmining.core.crypto.compiled.SoftwareRound.LOW;
import static io.p2pmining.core.crypto.compiled.SoftwareRound.NEW_HIGH;
import static io.p2pmining.core.crypto.compiled.SoftwareRound.NEW_LOW;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Condition;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.Label;
import java.util.List;

/**
 * The routines without AES instructions: lanes in turn, blocks in general-purpose registers, states
 * in memory. The state of a generator is the line that it wrote last. Registers beside those of
 * {@link SoftwareRound}:
 *
 * <pre>
 * RBX   the lane's entry in the table of {@link AesLanes}
 * RSI   the state of the generator
 * RDI   the line
 * R12   the state of the hash, which is where the fingerprint goes
 * R13   bytes left
 * R14   length in bytes
 * R15   lanes left
 * </pre>
 */
final class SoftwareRoutine {

  private static final Gpr LANE = Gpr.RBX;
  private static final Gpr STATE = Gpr.RSI;
  private static final Gpr LINE = Gpr.RDI;
  private static final Gpr HASH = Gpr.R12;
  private static final Gpr LEFT = Gpr.R13;
  private static final Gpr LENGTH = Gpr.R14;
  private static final Gpr LANES_LEFT = Gpr.R15;

  private static final List<Gpr> SAVED =
      List.of(Gpr.RBX, Gpr.RBP, Gpr.R12, Gpr.R13, Gpr.R14, Gpr.R15);

  private static final int BLOCKS = 4;
  private static final int BLOCK_BYTES = 16;
  private static final int ROUNDS_OF_PROGRAM = 4;

  private final Assembler asm;
  private final AesConstants constants;
  private final SoftwareRound round;

  SoftwareRoutine(Assembler asm, AesConstants constants, SoftwareRound round) {
    this.asm = asm;
    this.constants = constants;
    this.round = round;
  }

  void emit(AesRoutine routine, int lanes) {
    SAVED.forEach(asm::push);
    asm.mov(LANE, AesRegisters.TABLE);
    asm.mov(LENGTH, AesRegisters.LENGTH);
    asm.mov(LANES_LEFT, lanes);
    round.loadTables();
    Label lane = new Label();
    asm.bind(lane);
    lane(routine);
    asm.add(LANE, AesLanes.LANE_BYTES);
    asm.sub(LANES_LEFT, 1);
    asm.jump(Condition.NOT_ZERO, lane);
    SAVED.reversed().forEach(asm::pop);
    asm.ret();
  }

  private void lane(AesRoutine routine) {
    boolean program = routine == AesRoutine.GENERATE_PROGRAM;
    asm.mov(LINE, Address.at(LANE, program ? AesLanes.PROGRAM : AesLanes.SCRATCHPAD));
    asm.mov(STATE, Address.at(LANE, AesLanes.STATE));
    if (routine.hashes()) {
      beginHash();
    }
    asm.mov(LEFT, LENGTH);
    Label turn = new Label();
    asm.bind(turn);
    if (routine.hashes()) {
      hashLine();
    }
    if (routine.fills()) {
      generateLine(1);
    } else if (program) {
      generateLine(ROUNDS_OF_PROGRAM);
    }
    asm.add(LINE, AesLoop.LINE_BYTES);
    asm.sub(LEFT, AesLoop.LINE_BYTES);
    asm.jump(Condition.NOT_ZERO, turn);
    if (routine.hashes()) {
      endHash();
    }
    if (routine != AesRoutine.HASH) {
      endGenerator();
    }
  }

  private void beginHash() {
    asm.mov(HASH, Address.at(LANE, AesLanes.FINGERPRINT));
    for (int block = 0; block < BLOCKS; block++) {
      Address initial = constants.group(constants.hashState(block));
      asm.mov(LOW, initial);
      asm.mov(HIGH, initial.plus(Long.BYTES));
      store(Address.at(HASH, block * BLOCK_BYTES), LOW, HIGH);
    }
  }

  private void hashLine() {
    for (int block = 0; block < BLOCKS; block++) {
      hashRound(block, Address.at(LINE, block * BLOCK_BYTES));
    }
  }

  private void endHash() {
    for (int extra = 0; extra < 2; extra++) {
      for (int block = 0; block < BLOCKS; block++) {
        hashRound(block, constants.group(constants.hashExtraKey(extra)));
      }
    }
  }

  private void hashRound(int block, Address key) {
    Address state = Address.at(HASH, block * BLOCK_BYTES);
    load(state);
    round.emit(AesDirection.ofHash(block));
    addKey(key);
    store(state, NEW_LOW, NEW_HIGH);
  }

  private void generateLine(int rounds) {
    for (int block = 0; block < BLOCKS; block++) {
      load(Address.at(STATE, block * BLOCK_BYTES));
      for (int i = 0; i < rounds; i++) {
        if (i > 0) {
          asm.mov(LOW, NEW_LOW);
          asm.mov(HIGH, NEW_HIGH);
        }
        round.emit(AesDirection.ofGenerator(block));
        boolean program = rounds == ROUNDS_OF_PROGRAM;
        addKey(
            constants.group(program ? constants.programKey(i, block) : constants.fillKey(block)));
      }
      store(Address.at(LINE, block * BLOCK_BYTES), NEW_LOW, NEW_HIGH);
    }
    asm.mov(STATE, LINE);
  }

  private void endGenerator() {
    asm.mov(LINE, Address.at(LANE, AesLanes.STATE));
    for (int block = 0; block < BLOCKS; block++) {
      load(Address.at(STATE, block * BLOCK_BYTES));
      store(Address.at(LINE, block * BLOCK_BYTES), LOW, HIGH);
    }
  }

  private void load(Address block) {
    asm.mov(LOW, block);
    asm.mov(HIGH, block.plus(Long.BYTES));
  }

  private void addKey(Address key) {
    asm.xor(NEW_LOW, key);
    asm.xor(NEW_HIGH, key.plus(Long.BYTES));
  }

  private void store(Address block, Gpr low, Gpr high) {
    asm.mov(block, low);
    asm.mov(block.plus(Long.BYTES), high);
  }
}

package io.p2pmining.core.crypto.compiled;

import static io.p2pmining.core.x86.Gpr.R10;
import static io.p2pmining.core.x86.Gpr.R11;
import static io.p2pmining.core.x86.Gpr.R8;
import static io.p2pmining.core.x86.Gpr.R9;
import static io.p2pmining.core.x86.Gpr.RAX;
import static io.p2pmining.core.x86.Gpr.RBX;
import static io.p2pmining.core.x86.Gpr.RCX;
import static io.p2pmining.core.x86.Gpr.RDI;
import static io.p2pmining.core.x86.Gpr.RDX;
import static io.p2pmining.core.x86.Gpr.RSI;
import static io.p2pmining.core.x86.Gpr.RSP;

import io.p2pmining.core.crypto.Argon2Segment;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Condition;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.Label;
import io.p2pmining.core.x86.VectorRegister;
import java.util.Arrays;

/**
 * Two functions of a table of {@link Argon2Arguments} that fill a segment: one for the first pass,
 * one that XORs new blocks into the old ones. Used once, by one thread.
 *
 * <p>A block is a matrix of 8 × 8 pieces of 128 bits (RFC 9106, section 3.5). A register holds
 * neighbouring pieces of a row. Columns can be permuted as they lie there, several at a time. Rows
 * are permuted after exchanging rows and columns within as many rows as a register has pieces. The
 * first words of a new block choose what the next one refers to, so they are finished first, and
 * the referred block is fetched while the rest is computed.
 *
 * <p>The frame holds the block ahead XORed with the referred one, then, where registers are few,
 * the block with its rows permuted, then the caller's stack pointer and RBX.
 */
final class Argon2Assembly {

  private static final int BLOCK_BYTES = Argon2Segment.BLOCK_BYTES;
  private static final int BLOCK_SHIFT = Integer.numberOfTrailingZeros(BLOCK_BYTES);
  private static final int ROWS = 8;
  private static final int ROW_BYTES = BLOCK_BYTES / ROWS;
  private static final int PIECE_BYTES = 16;
  private static final int LINE_BYTES = 64;

  private static final int ROWS_PERMUTED = BLOCK_BYTES;
  private static final int CALLER_STACK = 2 * BLOCK_BYTES;
  private static final int CALLER_RBX = CALLER_STACK + Long.BYTES;
  private static final int FRAME_BYTES = CALLER_STACK + LINE_BYTES;

  /** Both functions in their longest form, that of SSE2. */
  private static final int MAX_BYTES = 65_536;

  private static final Gpr ARGUMENTS = RDI;
  private static final Gpr PREVIOUS = RSI;
  private static final Gpr TARGET = RDX;
  private static final Gpr REFERENCE = R10;
  private static final Gpr BLOCKS_LEFT = RCX;
  private static final Gpr OWN_CANDIDATES = R8;
  private static final Gpr OTHER_CANDIDATES = R9;
  private static final Gpr WORD = RAX;

  private final Assembler asm = new Assembler();
  private final Argon2Vectors vectors;
  private final Argon2Rounds rounds;
  private final int pieces;
  private final int registerBytes;

  /** How many registers a row takes, and how many times as many rows as pieces a block has. */
  private final int parts;

  private final boolean wholeBlockInRegisters;
  private int xorEntry;

  Argon2Assembly(Argon2Kind kind) {
    vectors = Argon2Vectors.of(kind, asm);
    rounds = new Argon2Rounds(vectors);
    pieces = vectors.pieces();
    registerBytes = pieces * PIECE_BYTES;
    parts = ROWS / pieces;
    wholeBlockInRegisters = vectors.registerCount() > ROWS * parts;
  }

  /** Gives the code. */
  byte[] assemble() {
    emitFunction(false);
    asm.align(LINE_BYTES);
    xorEntry = asm.length();
    emitFunction(true);
    vectors.emitData();
    if (asm.length() > MAX_BYTES) {
      throw new IllegalStateException("code size=" + asm.length() + ", expected " + MAX_BYTES);
    }
    return asm.toByteArray();
  }

  /** Where the function that XORs begins; the other begins at 0. */
  int xorEntry() {
    return xorEntry;
  }

  private void emitFunction(boolean xor) {
    emitEntry();
    Label next = new Label();
    asm.align(LINE_BYTES);
    asm.bind(next);
    VectorRegister[][] columns = emitRows();
    for (int part = 0; part < parts; part++) {
      emitColumns(part, columns[part], xor);
      if (part == 0) {
        asm.add(OWN_CANDIDATES, 1);
        asm.mov(WORD, Address.at(TARGET));
        emitReference();
        emitFetch(REFERENCE);
      }
    }
    asm.mov(PREVIOUS, TARGET);
    asm.add(TARGET, BLOCK_BYTES);
    asm.sub(BLOCKS_LEFT, 1);
    asm.jump(Condition.NOT_ZERO, next);
    vectors.emitExit();
    asm.mov(RBX, Address.at(RSP, CALLER_RBX));
    asm.mov(RSP, Address.at(RSP, CALLER_STACK));
    asm.ret();
  }

  private void emitEntry() {
    asm.mov(RAX, RSP);
    asm.sub(RSP, FRAME_BYTES);
    asm.and(RSP, -LINE_BYTES);
    asm.mov(Address.at(RSP, CALLER_STACK), RAX);
    asm.mov(Address.at(RSP, CALLER_RBX), RBX);
    asm.mov(PREVIOUS, argument(Argon2Arguments.PREVIOUS));
    asm.mov(TARGET, argument(Argon2Arguments.TARGET));
    asm.mov(BLOCKS_LEFT, argument(Argon2Arguments.COUNT));
    asm.mov(OWN_CANDIDATES, argument(Argon2Arguments.OWN_CANDIDATES));
    asm.mov(OTHER_CANDIDATES, argument(Argon2Arguments.FIRST_OTHER_CANDIDATES));
    asm.mov(WORD, Address.at(PREVIOUS));
    emitReference();
    asm.mov(OTHER_CANDIDATES, argument(Argon2Arguments.OTHER_CANDIDATES));
    vectors.emitConstants();
  }

  /** From the first word of a block to the block that the next one refers to (section 3.4.1.3). */
  private void emitReference() {
    Gpr lane = R11;
    Gpr mask = R10;
    Gpr candidates = RBX;
    asm.mov(lane, WORD);
    asm.shr(lane, Integer.SIZE);
    asm.and(lane, argument(Argon2Arguments.LANE_MASK));
    asm.add(lane, argument(Argon2Arguments.LANE_ADDEND));
    // All bits if the lane is the block's own: 0 − 1 is negative, others are not.
    asm.mov(mask, lane);
    asm.xor(mask, argument(Argon2Arguments.LANE));
    asm.sub(mask, 1);
    asm.sar(mask, Long.SIZE - 1);
    asm.mov(candidates, OWN_CANDIDATES);
    asm.sub(candidates, OTHER_CANDIDATES);
    asm.and(candidates, mask);
    asm.add(candidates, OTHER_CANDIDATES);
    // Of the candidates, oldest first, later ones are likelier: a square of the random word.
    asm.mov32(WORD, WORD);
    asm.imul(WORD, WORD);
    asm.shr(WORD, Integer.SIZE);
    asm.imul(WORD, candidates);
    asm.shr(WORD, Integer.SIZE);
    Gpr column = candidates;
    asm.sub(column, 1);
    asm.sub(column, WORD);
    asm.add(column, argument(Argon2Arguments.OLDEST));
    // Columns wrap: less a lane's blocks, and those again if that is negative.
    asm.sub(column, argument(Argon2Arguments.LANE_BLOCKS));
    asm.mov(mask, column);
    asm.sar(mask, Long.SIZE - 1);
    asm.and(mask, argument(Argon2Arguments.LANE_BLOCKS));
    asm.add(column, mask);
    asm.imul(lane, argument(Argon2Arguments.LANE_BLOCKS));
    asm.add(column, lane);
    asm.shl(column, BLOCK_SHIFT);
    asm.add(column, argument(Argon2Arguments.MEMORY));
    asm.mov(REFERENCE, column);
  }

  private void emitFetch(Gpr block) {
    for (int offset = 0; offset < BLOCK_BYTES; offset += LINE_BYTES) {
      asm.prefetcht0(Address.at(block, offset));
    }
  }

  /** Permutes the rows; gives by column part the registers of the block's rows, if they hold it. */
  private VectorRegister[][] emitRows() {
    VectorRegister[][] columns = new VectorRegister[parts][ROWS];
    for (int set = 0; set < parts; set++) {
      VectorRegister[] r = stateRegisters(set);
      VectorRegister[] scratch = scratchRegisters(set);
      for (int i = 0; i < ROWS; i++) {
        Address place = Address.at(PREVIOUS, rowOffset(set, i));
        vectors.load(r[i], place);
        vectors.xor(r[i], Address.at(REFERENCE, rowOffset(set, i)));
        vectors.store(Address.at(RSP, rowOffset(set, i)), r[i]);
      }
      emitTransposition(r, scratch);
      rounds.emit(r, scratch);
      emitTransposition(r, scratch);
      for (int i = 0; i < ROWS; i++) {
        if (wholeBlockInRegisters) {
          columns[i / pieces][set * pieces + i % pieces] = r[i];
        } else {
          vectors.store(Address.at(RSP, ROWS_PERMUTED + rowOffset(set, i)), r[i]);
        }
      }
    }
    return columns;
  }

  /**
   * Where the i-th register of a set of rows lies in a block: part after part, in each all rows.
   */
  private int rowOffset(int set, int i) {
    return (set * pieces + i % pieces) * ROW_BYTES + i / pieces * registerBytes;
  }

  private void emitTransposition(VectorRegister[] r, VectorRegister[] scratch) {
    for (int part = 0; part < parts; part++) {
      int from = part * pieces;
      VectorRegister[] square = Arrays.copyOfRange(r, from, from + pieces);
      vectors.transpose(square, scratch);
      System.arraycopy(square, 0, r, from, pieces);
    }
  }

  /** Permutes a part of the columns and writes them. */
  private void emitColumns(int part, VectorRegister[] inRegisters, boolean xor) {
    VectorRegister[] r = wholeBlockInRegisters ? inRegisters : stateRegisters(part);
    for (int row = 0; row < ROWS && !wholeBlockInRegisters; row++) {
      vectors.load(r[row], Address.at(RSP, ROWS_PERMUTED + columnOffset(part, row)));
    }
    rounds.emit(r, scratchRegisters(part));
    for (int row = 0; row < ROWS; row++) {
      Address target = Address.at(TARGET, columnOffset(part, row));
      vectors.xor(r[row], Address.at(RSP, columnOffset(part, row)));
      if (xor) {
        vectors.xor(r[row], target);
      }
      vectors.store(target, r[row]);
    }
  }

  private int columnOffset(int part, int row) {
    return row * ROW_BYTES + part * registerBytes;
  }

  private VectorRegister[] stateRegisters(int set) {
    return registers(wholeBlockInRegisters ? set * ROWS : 0, ROWS);
  }

  private VectorRegister[] scratchRegisters(int set) {
    int count = 4;
    return registers(wholeBlockInRegisters ? parts * ROWS + set * count : ROWS, count);
  }

  private VectorRegister[] registers(int first, int count) {
    VectorRegister[] registers = new VectorRegister[count];
    Arrays.setAll(registers, i -> vectors.register(first + i));
    return registers;
  }

  private static Address argument(int offset) {
    return Address.at(ARGUMENTS, offset);
  }
}

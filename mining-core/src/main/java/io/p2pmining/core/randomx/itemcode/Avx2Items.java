package io.p2pmining.core.randomx.itemcode;

import static io.p2pmining.core.randomx.itemcode.BatchRegisters.CACHE;
import static io.p2pmining.core.randomx.itemcode.BatchRegisters.ITEM;
import static io.p2pmining.core.randomx.itemcode.BatchRegisters.SCRATCH;
import static io.p2pmining.core.x86.VectorOperation.MOVDQA;
import static io.p2pmining.core.x86.VectorOperation.MOVDQA_STORE;
import static io.p2pmining.core.x86.VectorOperation.MOVNTDQ;
import static io.p2pmining.core.x86.VectorOperation.PADDQ;
import static io.p2pmining.core.x86.VectorOperation.PAND;
import static io.p2pmining.core.x86.VectorOperation.PBROADCASTQ;
import static io.p2pmining.core.x86.VectorOperation.PERM2I128;
import static io.p2pmining.core.x86.VectorOperation.PSLLQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorOperation.PUNPCKHQDQ;
import static io.p2pmining.core.x86.VectorOperation.PUNPCKLQDQ;
import static io.p2pmining.core.x86.VectorOperation.PXOR;
import static io.p2pmining.core.x86.VectorRegister.ymm;

import io.p2pmining.core.randomx.ItemSeed;
import io.p2pmining.core.randomx.superscalar.SuperscalarInstruction;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.VectorRegister;
import java.util.ArrayList;
import java.util.List;

/**
 * Four items in 256-bit registers: each register holds one of r0 to r7 of all of them. The frame:
 *
 * <pre>
 *   0    the offsets of the cache lines of this round
 *   32   the number of the batch's first item
 * </pre>
 */
record Avx2Items(
    Assembler asm,
    ConstantPool constants,
    List<SuperscalarProgram> programs,
    Placement place,
    Avx2Instructions instructions)
    implements ItemStream {

  private static final int LANES = 4;
  private static final int REGISTERS = SuperscalarProgram.REGISTER_COUNT;
  private static final int ITEM_OFFSET = LANES * Long.BYTES;
  private static final int FRAME_BYTES = 64;

  /** The longest instruction, with a prefix of three bytes and an address of five. */
  private static final int MAX_INSTRUCTION_BYTES = 10;

  /** Mixing: for each lane six instructions around its line, four of each transposition, XORs. */
  private static final int MAX_ROUND_BYTES = MAX_INSTRUCTION_BYTES * (LANES * 8 + 40);

  private static final VectorRegister[] ROWS = {ymm(0), ymm(1), ymm(2), ymm(3)};
  private static final VectorRegister SPARE = ymm(4);

  /** Where {@link #transpose} leaves its results. */
  private static final VectorRegister[] TRANSPOSED = {ymm(3), ymm(1), ymm(4), ymm(0)};

  @Override
  public int itemCount() {
    return LANES;
  }

  @Override
  public int frameBytes() {
    return FRAME_BYTES;
  }

  @Override
  public int maxBytes() {
    int count = programs.stream().mapToInt(program -> program.instructions().size()).sum();
    return (programs.size() + 1) * MAX_ROUND_BYTES
        + count * Avx2Instructions.MAX_COUNT * MAX_INSTRUCTION_BYTES;
  }

  @Override
  public void emitConstants() {
    instructions.emitConstants();
  }

  @Override
  public List<Step> round(int round) {
    List<Step> steps = new ArrayList<>();
    if (round == 0) {
      steps.add(this::emitSeeds);
    }
    SuperscalarProgram program = programs.get(round);
    for (SuperscalarInstruction instruction : program.instructions()) {
      steps.add(() -> instructions.emit(instruction));
    }
    if (round < programs.size() - 1) {
      steps.add(() -> emitMixing(0));
      steps.add(() -> emitMixing(LANES));
      steps.add(() -> emitLines(instructions.register(program.addressRegister())));
    } else {
      steps.add(() -> emitWriting(0));
      steps.add(() -> emitWriting(LANES));
    }
    return steps;
  }

  private void emitSeeds() {
    VectorRegister numbers = ymm(7);
    asm.mov(place.frame(ITEM_OFFSET), ITEM);
    asm.vector(PBROADCASTQ, numbers, place.frame(ITEM_OFFSET));
    asm.vector(PADDQ, numbers, numbers, constants.counting(place.firstItem(), LANES));
    emitLines(numbers);
    VectorRegister seed = instructions.register(0);
    asm.vector(PBROADCASTQ, seed, constants.of(1));
    asm.vector(PADDQ, seed, seed, numbers);
    instructions.multiply(seed, ItemSeed.MULTIPLIER);
    for (int i = 1; i < REGISTERS; i++) {
      VectorRegister register = instructions.register(i);
      asm.vector(PBROADCASTQ, register, constants.of(ItemSeed.xor(i)));
      asm.vector(PXOR, register, register, seed);
    }
  }

  /** Begins to fetch the lines that the indices' low bits name, and notes their offsets. */
  private void emitLines(VectorRegister indices) {
    VectorRegister offsets = ymm(0);
    asm.vector(PBROADCASTQ, offsets, constants.of(CacheLines.MASK));
    asm.vector(PAND, offsets, offsets, indices);
    asm.vectorShift(PSLLQ_IMMEDIATE, offsets, offsets, CacheLines.SHIFT);
    asm.vector(MOVDQA_STORE, offset(0), offsets);
    for (int lane = 0; lane < LANES; lane++) {
      asm.mov(SCRATCH, offset(lane));
      asm.prefetcht0(Address.at(CACHE, SCRATCH));
    }
  }

  /** Mixes four words of each line in. */
  private void emitMixing(int firstWord) {
    for (int lane = 0; lane < LANES; lane++) {
      asm.mov(SCRATCH, offset(lane));
      asm.vector(MOVDQA, ROWS[lane], lineWords(firstWord));
    }
    transpose(ROWS);
    for (int i = 0; i < LANES; i++) {
      VectorRegister register = instructions.register(firstWord + i);
      asm.vector(PXOR, register, register, TRANSPOSED[i]);
    }
  }

  /** Mixes four words of the last lines in and writes them, past the processor's caches. */
  private void emitWriting(int firstWord) {
    VectorRegister[] registers = new VectorRegister[LANES];
    for (int i = 0; i < LANES; i++) {
      registers[i] = instructions.register(firstWord + i);
    }
    transpose(registers);
    for (int lane = 0; lane < LANES; lane++) {
      VectorRegister words = TRANSPOSED[lane];
      asm.mov(SCRATCH, offset(lane));
      asm.vector(PXOR, words, words, lineWords(firstWord));
      asm.vector(MOVNTDQ, place.target(lane).plus(firstWord * Long.BYTES), words);
    }
  }

  /** Exchanges rows and columns of four registers of four words each. */
  private void transpose(VectorRegister[] rows) {
    asm.vector(PUNPCKLQDQ, SPARE, rows[0], rows[1]);
    asm.vector(PUNPCKHQDQ, ROWS[0], rows[0], rows[1]);
    asm.vector(PUNPCKLQDQ, ROWS[1], rows[2], rows[3]);
    asm.vector(PUNPCKHQDQ, ROWS[2], rows[2], rows[3]);
    asm.vector(PERM2I128, TRANSPOSED[0], SPARE, ROWS[1], 0x20);
    asm.vector(PERM2I128, TRANSPOSED[2], SPARE, ROWS[1], 0x31);
    asm.vector(PERM2I128, TRANSPOSED[1], ROWS[0], ROWS[2], 0x20);
    asm.vector(PERM2I128, TRANSPOSED[3], ROWS[0], ROWS[2], 0x31);
  }

  private static Address lineWords(int firstWord) {
    return Address.at(CACHE, SCRATCH, 1, firstWord * Long.BYTES);
  }

  private Address offset(int lane) {
    return place.frame(lane * Long.BYTES);
  }
}

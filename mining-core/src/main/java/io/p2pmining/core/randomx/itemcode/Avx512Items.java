package io.p2pmining.core.randomx.itemcode;

import static io.p2pmining.core.randomx.itemcode.BatchRegisters.CACHE;
import static io.p2pmining.core.randomx.itemcode.BatchRegisters.ITEM;
import static io.p2pmining.core.randomx.itemcode.BatchRegisters.SCRATCH;
import static io.p2pmining.core.x86.VectorOperation.MOVDQA;
import static io.p2pmining.core.x86.VectorOperation.MOVDQA_STORE;
import static io.p2pmining.core.x86.VectorOperation.MOVNTDQ;
import static io.p2pmining.core.x86.VectorOperation.PADDQ;
import static io.p2pmining.core.x86.VectorOperation.PAND;
import static io.p2pmining.core.x86.VectorOperation.PMULLQ;
import static io.p2pmining.core.x86.VectorOperation.PSLLQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorOperation.PXOR;
import static io.p2pmining.core.x86.VectorRegister.zmm;

import io.p2pmining.core.randomx.ItemSeed;
import io.p2pmining.core.randomx.superscalar.SuperscalarInstruction;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.VectorRegister;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Eight items in 512-bit registers: each register holds one of r0 to r7 of all of them. The frame
 * holds the offsets of the cache lines of this round. ZMM0 to ZMM15 are scratch of all streams
 * within a step.
 *
 * @param instructions on the registers of this stream
 */
record Avx512Items(
    Assembler asm,
    ConstantPool constants,
    List<SuperscalarProgram> programs,
    Placement place,
    Avx512Instructions instructions)
    implements ItemStream {

  private static final int LANES = 8;
  private static final int REGISTERS = SuperscalarProgram.REGISTER_COUNT;

  /** The longest instruction, with a prefix of four bytes and an address of five. */
  private static final int MAX_INSTRUCTION_BYTES = 11;

  /**
   * Mixing: for each lane four instructions around its line, three of the transposition, one XOR.
   */
  private static final int MAX_ROUND_BYTES = MAX_INSTRUCTION_BYTES * (LANES * 8 + 16);

  private static final VectorRegister[] ROWS = registers(0);
  private static final VectorRegister[] WORDS = registers(8);

  private static VectorRegister[] registers(int first) {
    return IntStream.range(first, first + REGISTERS)
        .mapToObj(VectorRegister::zmm)
        .toArray(VectorRegister[]::new);
  }

  @Override
  public int itemCount() {
    return LANES;
  }

  @Override
  public int frameBytes() {
    return LANES * Long.BYTES;
  }

  @Override
  public int maxBytes() {
    int count = programs.stream().mapToInt(program -> program.instructions().size()).sum();
    return (programs.size() + 1) * MAX_ROUND_BYTES
        + count * Avx512Instructions.MAX_COUNT * MAX_INSTRUCTION_BYTES;
  }

  @Override
  public void emitConstants() {}

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
      addMixing(steps, program.addressRegister());
    } else {
      addWriting(steps);
    }
    return steps;
  }

  private void emitSeeds() {
    VectorRegister numbers = zmm(0);
    asm.broadcastq(numbers, ITEM);
    asm.vector(PADDQ, numbers, numbers, constants.counting(place.firstItem(), LANES));
    emitLines(numbers);
    asm.broadcast(PADDQ, numbers, numbers, constants.of(1));
    VectorRegister seed = instructions.register(0);
    asm.broadcast(PMULLQ, seed, numbers, constants.of(ItemSeed.MULTIPLIER));
    for (int i = 1; i < REGISTERS; i++) {
      asm.broadcast(PXOR, instructions.register(i), seed, constants.of(ItemSeed.xor(i)));
    }
  }

  /** Begins to fetch the lines that the indices' low bits name, and notes their offsets. */
  private void emitLines(VectorRegister indices) {
    VectorRegister offsets = zmm(1);
    asm.broadcast(PAND, offsets, indices, constants.of(CacheLines.MASK));
    asm.vectorShift(PSLLQ_IMMEDIATE, offsets, offsets, CacheLines.SHIFT);
    asm.vector(MOVDQA_STORE, offset(0), offsets);
    for (int lane = 0; lane < LANES; lane++) {
      asm.mov(SCRATCH, offset(lane));
      asm.prefetcht0(Address.at(CACHE, SCRATCH));
    }
  }

  private void addMixing(List<Step> steps, int addressRegister) {
    steps.add(
        () -> {
          for (int lane = 0; lane < LANES; lane++) {
            asm.mov(SCRATCH, offset(lane));
            asm.vector(MOVDQA, ROWS[lane], Address.at(CACHE, SCRATCH));
          }
          LaneTransposition.emit(asm, ROWS, WORDS);
          for (int i = 0; i < REGISTERS; i++) {
            VectorRegister register = instructions.register(i);
            asm.vector(PXOR, register, register, WORDS[i]);
          }
        });
    steps.add(() -> emitLines(instructions.register(addressRegister)));
  }

  /** Mixes the last lines in and writes the items, past the processor's caches. */
  private void addWriting(List<Step> steps) {
    steps.add(
        () -> {
          VectorRegister[] registers =
              IntStream.range(0, REGISTERS)
                  .mapToObj(instructions::register)
                  .toArray(VectorRegister[]::new);
          LaneTransposition.emit(asm, registers, WORDS);
          for (int lane = 0; lane < LANES; lane++) {
            VectorRegister item = WORDS[lane];
            asm.mov(SCRATCH, offset(lane));
            asm.vector(PXOR, item, item, Address.at(CACHE, SCRATCH));
            asm.vector(MOVNTDQ, place.target(lane), item);
          }
        });
  }

  private Address offset(int lane) {
    return place.frame(lane * Long.BYTES);
  }
}

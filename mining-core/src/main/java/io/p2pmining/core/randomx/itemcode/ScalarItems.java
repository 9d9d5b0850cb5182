package io.p2pmining.core.randomx.itemcode;

import static io.p2pmining.core.randomx.itemcode.BatchRegisters.CACHE;
import static io.p2pmining.core.randomx.itemcode.ScalarInstructions.register;
import static io.p2pmining.core.x86.Gpr.RBX;

import io.p2pmining.core.randomx.ItemSeed;
import io.p2pmining.core.randomx.superscalar.SuperscalarInstruction;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;
import java.util.ArrayList;
import java.util.List;

/**
 * Items in general-purpose registers. All of them go through a round one after another, so that one
 * computes while the lines of the others are fetched.
 */
record ScalarItems(
    Assembler asm,
    ConstantPool constants,
    List<SuperscalarProgram> programs,
    ScalarPlaces places,
    int itemCount,
    boolean mulx)
    implements ItemStream {

  private static final int REGISTERS = SuperscalarProgram.REGISTER_COUNT;

  /** Reading and writing the registers, mixing the line in, the address of the next. */
  private static final int MAX_ROUND_BYTES = REGISTERS * (7 + 4 + 7) + 64;

  private static final Gpr LINE = RBX;

  @Override
  public int frameBytes() {
    return itemCount * ScalarPlaces.BYTES;
  }

  @Override
  public int maxBytes() {
    int instructions = programs.stream().mapToInt(program -> program.instructions().size()).sum();
    return itemCount
        * ((programs.size() + 1) * MAX_ROUND_BYTES + instructions * ScalarInstructions.MAX_BYTES);
  }

  @Override
  public void emitConstants() {}

  @Override
  public List<Step> round(int round) {
    List<Step> steps = new ArrayList<>();
    ScalarInstructions instructions = new ScalarInstructions(asm, constants, mulx);
    boolean last = round == programs.size() - 1;
    for (int i = 0; i < itemCount; i++) {
      int item = i;
      if (round == 0) {
        addSeeds(steps, item);
      } else {
        steps.add(() -> asm.mov(LINE, line(item)));
        addMixing(steps, item);
        int addressRegister = programs.get(round - 1).addressRegister();
        steps.add(() -> emitLine(item, register(addressRegister)));
      }
      for (SuperscalarInstruction instruction :
          ProgramOrder.of(programs.get(round).instructions())) {
        steps.add(() -> instructions.emit(instruction));
      }
      Address result = last ? places.result(item) : word(item, 0);
      if (last) {
        steps.add(() -> asm.mov(LINE, line(item)));
      }
      for (int r = 0; r < REGISTERS; r++) {
        int number = r;
        steps.add(
            () -> {
              if (last) {
                asm.xor(register(number), Address.at(LINE, number * Long.BYTES));
              }
              asm.mov(result.plus(number * Long.BYTES), register(number));
            });
      }
    }
    return steps;
  }

  private void addSeeds(List<Step> steps, int item) {
    Gpr seed = register(0);
    steps.add(
        () -> {
          places.emitNumber(asm, seed, item);
          emitLine(item, seed);
          asm.add(seed, 1);
          asm.imul(seed, constants.of(ItemSeed.MULTIPLIER));
        });
    for (int r = 1; r < REGISTERS; r++) {
      int number = r;
      steps.add(
          () -> {
            asm.mov(register(number), constants.of(ItemSeed.xor(number)));
            asm.xor(register(number), seed);
          });
    }
  }

  /** Mixes the line of the previous round in. */
  private void addMixing(List<Step> steps, int item) {
    for (int r = 0; r < REGISTERS; r++) {
      int number = r;
      steps.add(
          () -> {
            asm.mov(register(number), word(item, number));
            asm.xor(register(number), Address.at(LINE, number * Long.BYTES));
          });
    }
  }

  /** Begins to fetch the line that an index's low bits name, and notes its address. */
  private void emitLine(int item, Gpr index) {
    asm.mov32(LINE, index);
    asm.and32(LINE, CacheLines.MASK);
    asm.shl(LINE, CacheLines.SHIFT);
    asm.add(LINE, CACHE);
    asm.prefetcht0(Address.at(LINE));
    asm.mov(line(item), LINE);
  }

  private Address word(int item, int number) {
    return places.of(item, number * Long.BYTES);
  }

  private Address line(int item) {
    return places.of(item, ScalarPlaces.LINE);
  }
}

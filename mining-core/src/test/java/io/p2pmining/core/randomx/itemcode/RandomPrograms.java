package io.p2pmining.core.randomx.itemcode;

import io.p2pmining.core.randomx.superscalar.Reciprocal;
import io.p2pmining.core.randomx.superscalar.SuperscalarInstruction;
import io.p2pmining.core.randomx.superscalar.SuperscalarOpcode;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Programs that no generator made, with all operands that an instruction can have. */
final class RandomPrograms {

  private static final int REGISTERS = SuperscalarProgram.REGISTER_COUNT;

  /** IADD_RS cannot have r5 as its destination (specification, section 6.3.4). */
  private static final int NO_SHIFTED_SUM = 5;

  private RandomPrograms() {}

  /** Programs of a key as the generator makes them. */
  static List<SuperscalarProgram> ofRandomKey(Random random) {
    byte[] key = new byte[1 + random.nextInt(60)];
    random.nextBytes(key);
    return SuperscalarProgram.generate(key, 170, 8);
  }

  /** Eight short programs in which this instruction is about every second. */
  static List<SuperscalarProgram> withMany(SuperscalarOpcode opcode, Random random) {
    List<SuperscalarProgram> programs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      List<SuperscalarInstruction> instructions = new ArrayList<>();
      for (int j = random.nextInt(24); j > 0; j--) {
        SuperscalarOpcode[] all = SuperscalarOpcode.values();
        boolean chosen = random.nextBoolean();
        instructions.add(instruction(chosen ? opcode : all[random.nextInt(all.length)], random));
      }
      programs.add(new SuperscalarProgram(instructions, random.nextInt(REGISTERS)));
    }
    return programs;
  }

  /** Instructions that give a register a value, 16 bits at a time. */
  static List<SuperscalarInstruction> load(int register, long value) {
    List<SuperscalarInstruction> instructions = new ArrayList<>();
    instructions.add(
        new SuperscalarInstruction(SuperscalarOpcode.IXOR_R, register, register, 0, 0));
    for (int shift = Long.SIZE - Short.SIZE; shift >= 0; shift -= Short.SIZE) {
      instructions.add(
          new SuperscalarInstruction(
              SuperscalarOpcode.IROR_C, register, register, 0, Long.SIZE - Short.SIZE));
      instructions.add(
          new SuperscalarInstruction(
              SuperscalarOpcode.IXOR_C7, register, register, 0, (int) (value >>> shift) & 0xffff));
    }
    return instructions;
  }

  private static SuperscalarInstruction instruction(SuperscalarOpcode opcode, Random random) {
    int dst = random.nextInt(REGISTERS);
    int src = random.nextInt(REGISTERS);
    if (opcode == SuperscalarOpcode.IADD_RS && dst == NO_SHIFTED_SUM) {
      dst = random.nextInt(NO_SHIFTED_SUM);
    }
    int imm32 =
        switch (opcode) {
          case IROR_C -> 1 + random.nextInt(63);
          case IMUL_RCP -> divisor(random);
          // Small constants have encodings of their own.
          default -> random.nextInt() >> random.nextInt(32);
        };
    return new SuperscalarInstruction(opcode, dst, src, random.nextInt(256), imm32);
  }

  private static int divisor(Random random) {
    int divisor = random.nextInt();
    while (Reciprocal.isUndefinedFor(divisor)) {
      divisor = random.nextInt();
    }
    return divisor;
  }
}

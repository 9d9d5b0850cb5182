package io.p2pmining.core.randomx.superscalar;

import java.util.List;

/** Executes programs instruction by instruction, from flat arrays. */
public final class InterpretedPrograms implements SuperscalarExecutor {

  private final List<Flat> programs;

  private InterpretedPrograms(List<Flat> programs) {
    this.programs = programs;
  }

  public static InterpretedPrograms of(List<SuperscalarProgram> programs) {
    return new InterpretedPrograms(programs.stream().map(Flat::of).toList());
  }

  @Override
  public void execute(int program, long[] registers) {
    programs.get(program).execute(registers);
  }

  /** The fields of all instructions side by side; constants are decoded to 64 bits. */
  private record Flat(
      SuperscalarOpcode[] opcodes, byte[] dsts, byte[] srcs, byte[] shifts, long[] constants) {

    static Flat of(SuperscalarProgram program) {
      int size = program.instructions().size();
      Flat flat =
          new Flat(
              new SuperscalarOpcode[size],
              new byte[size],
              new byte[size],
              new byte[size],
              new long[size]);
      for (int i = 0; i < size; i++) {
        SuperscalarInstruction instruction = program.instructions().get(i);
        flat.opcodes[i] = instruction.opcode();
        flat.dsts[i] = (byte) instruction.dst();
        flat.srcs[i] = (byte) instruction.src();
        flat.shifts[i] = (byte) instruction.shift();
        flat.constants[i] = instruction.constant();
      }
      return flat;
    }

    void execute(long[] r) {
      for (int i = 0; i < opcodes.length; i++) {
        int dst = dsts[i];
        long source = r[srcs[i]];
        switch (opcodes[i]) {
          case ISUB_R -> r[dst] -= source;
          case IXOR_R -> r[dst] ^= source;
          case IADD_RS -> r[dst] += source << shifts[i];
          case IMUL_R -> r[dst] *= source;
          case IROR_C -> r[dst] = Long.rotateRight(r[dst], (int) constants[i]);
          case IADD_C7, IADD_C8, IADD_C9 -> r[dst] += constants[i];
          case IXOR_C7, IXOR_C8, IXOR_C9 -> r[dst] ^= constants[i];
          case IMULH_R -> r[dst] = Math.unsignedMultiplyHigh(r[dst], source);
          case ISMULH_R -> r[dst] = Math.multiplyHigh(r[dst], source);
          case IMUL_RCP -> r[dst] *= constants[i];
        }
      }
    }
  }
}

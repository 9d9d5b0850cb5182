package io.p2pmining.core.randomx.superscalar;

import java.util.ArrayList;
import java.util.List;

/**
 * A generated superscalar program. Immutable.
 *
 * @param instructions the instructions in order
 * @param addressRegister the register that chooses the next cache line, 0 to 7
 */
public record SuperscalarProgram(List<SuperscalarInstruction> instructions, int addressRegister) {

  /** How many integer registers there are. */
  public static final int REGISTER_COUNT = 8;

  public SuperscalarProgram {
    instructions = List.copyOf(instructions);
  }

  /** A program whose address register has the longest chain of dependencies behind it. */
  static SuperscalarProgram of(List<SuperscalarInstruction> instructions) {
    int[] chain = new int[REGISTER_COUNT];
    for (SuperscalarInstruction instruction : instructions) {
      int dst = instruction.dst();
      chain[dst] = Math.max(chain[dst], chain[instruction.src()]) + 1;
    }
    int longest = 0;
    for (int register = 1; register < REGISTER_COUNT; register++) {
      if (chain[register] > chain[longest]) {
        longest = register;
      }
    }
    return new SuperscalarProgram(instructions, longest);
  }

  /**
   * The programs of a key (specification, section 7.2).
   *
   * @param latency the simulated cycle at which a program ends
   */
  public static List<SuperscalarProgram> generate(byte[] key, int latency, int count) {
    BlakeGenerator random = new BlakeGenerator(key);
    List<SuperscalarProgram> programs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      programs.add(new SuperscalarGenerator(random, latency).generate());
    }
    return programs;
  }
}

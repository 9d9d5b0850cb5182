package io.p2pmining.core.randomx.itemcode;

import io.p2pmining.core.randomx.superscalar.SuperscalarInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Puts the instructions of a program into an order in which a processor that executes four at a
 * time waits least. Programs come in an order made for a processor that executes three. Belongs to
 * one thread; used once.
 *
 * <p>It plays the processor: of the instructions whose operands are ready, the next is the one that
 * begins the longest chain of dependent instructions.
 */
final class ProgramOrder {

  private static final int INSTRUCTIONS_PER_CYCLE = 4;
  private static final int NONE = -1;

  /** An instruction that has to come later than another, and by how many cycles at least. */
  private record Successor(int index, int cycles) {}

  private final List<SuperscalarInstruction> instructions;
  private final List<List<Successor>> successors;
  private final int[] missing;
  private final int[] readyCycle;
  private final int[] chain;

  private ProgramOrder(List<SuperscalarInstruction> instructions) {
    this.instructions = instructions;
    int count = instructions.size();
    this.successors = Stream.<List<Successor>>generate(ArrayList::new).limit(count).toList();
    this.missing = new int[count];
    this.readyCycle = new int[count];
    this.chain = new int[count];
  }

  /** The same instructions in another order with the same effect. */
  static List<SuperscalarInstruction> of(List<SuperscalarInstruction> instructions) {
    ProgramOrder order = new ProgramOrder(instructions);
    for (int later = 0; later < instructions.size(); later++) {
      order.findPredecessors(later);
    }
    order.measureChains();
    return order.schedule();
  }

  /** Looks back, for each register that an instruction uses, to the last that wrote it. */
  private void findPredecessors(int later) {
    SuperscalarInstruction instruction = instructions.get(later);
    boolean dstWritten = false;
    boolean srcWritten = instruction.src() == instruction.dst();
    for (int i = later - 1; i >= 0 && !(dstWritten && srcWritten); i--) {
      SuperscalarInstruction earlier = instructions.get(i);
      if (!dstWritten && earlier.dst() == instruction.dst()) {
        dstWritten = true;
        link(i, later, latency(earlier));
      } else if (!srcWritten && earlier.dst() == instruction.src()) {
        srcWritten = true;
        link(i, later, latency(earlier));
      } else if (!dstWritten && earlier.src() == instruction.dst()) {
        link(i, later, 0);
      }
    }
  }

  private void link(int earlier, int later, int cycles) {
    successors.get(earlier).add(new Successor(later, cycles));
    missing[later]++;
  }

  private void measureChains() {
    for (int i = instructions.size() - 1; i >= 0; i--) {
      chain[i] = latency(instructions.get(i));
      for (Successor successor : successors.get(i)) {
        chain[i] = Math.max(chain[i], successor.cycles() + chain[successor.index()]);
      }
    }
  }

  private List<SuperscalarInstruction> schedule() {
    List<SuperscalarInstruction> scheduled = new ArrayList<>();
    List<Integer> candidates = new ArrayList<>();
    IntStream.range(0, missing.length).filter(i -> missing[i] == 0).forEach(candidates::add);
    for (int cycle = 0; !candidates.isEmpty(); cycle++) {
      for (int slot = 0; slot < INSTRUCTIONS_PER_CYCLE; slot++) {
        int next = bestReady(candidates, cycle);
        if (next != NONE) {
          candidates.remove((Integer) next);
          scheduled.add(instructions.get(next));
          release(next, cycle, candidates);
        }
      }
    }
    return scheduled;
  }

  private int bestReady(List<Integer> candidates, int cycle) {
    int best = NONE;
    for (int i : candidates) {
      if (readyCycle[i] <= cycle && (best == NONE || chain[i] > chain[best])) {
        best = i;
      }
    }
    return best;
  }

  private void release(int done, int cycle, List<Integer> candidates) {
    for (Successor successor : successors.get(done)) {
      int index = successor.index();
      readyCycle[index] = Math.max(readyCycle[index], cycle + successor.cycles());
      missing[index]--;
      if (missing[index] == 0) {
        candidates.add(index);
      }
    }
  }

  /** After how many cycles a result can be used, on current processors. */
  private static int latency(SuperscalarInstruction instruction) {
    return switch (instruction.opcode()) {
      case ISUB_R, IXOR_R, IROR_C -> 1;
      case IADD_C7, IADD_C8, IADD_C9, IXOR_C7, IXOR_C8, IXOR_C9 -> 1;
      case IADD_RS -> instruction.shift() == 0 ? 1 : 2;
      case IMUL_R, IMUL_RCP -> 3;
      case IMULH_R, ISMULH_R -> 4;
    };
  }
}

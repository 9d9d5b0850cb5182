package io.p2pmining.core.randomx.superscalar;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Generates one superscalar program by simulating the reference CPU (specification, section 6.3).
 *
 * <p>Code is decoded in groups of 16 bytes, one group a cycle. Each slot of a group takes the next
 * macro-op of the current instruction; when that has none left, a new instruction is drawn that
 * fits the slot. A macro-op goes to the first cycle in which its ports are free, later if its
 * registers are not ready before; an instruction that finds no registers within four cycles is
 * thrown away. The order in which random numbers are drawn decides the program: no step here can
 * move.
 */
final class SuperscalarGenerator {

  /** How many cycles an instruction waits for registers to become ready. */
  private static final int LOOK_FORWARD_CYCLES = 4;

  /** After so many instructions thrown away in a row the rest of the group stays empty. */
  private static final int MAX_THROWN_AWAY = 256;

  private final BlakeGenerator random;
  private final int latency;
  private final int maxInstructions;
  private final Ports ports;
  private final SimulatedRegister[] registers;
  private final List<SuperscalarInstruction> instructions = new ArrayList<>();

  private @Nullable InstructionDraft current;
  private int macroOpIndex;
  private int cycle;
  private int previousResultCycle;
  private int multiplications;
  private int thrownAway;
  private boolean saturated;

  SuperscalarGenerator(BlakeGenerator random, int latency) {
    this.random = random;
    this.latency = latency;
    this.maxInstructions = 3 * latency + 2;
    this.ports = new Ports(latency);
    this.registers =
        Stream.generate(SimulatedRegister::new)
            .limit(SuperscalarProgram.REGISTER_COUNT)
            .toArray(SimulatedRegister[]::new);
  }

  SuperscalarProgram generate() {
    for (int decodeCycle = 0; decodeCycle < latency && !isComplete(); decodeCycle++) {
      SuperscalarOpcode previous = current == null ? null : current.opcode();
      fill(DecoderGroup.after(previous, decodeCycle, multiplications, random));
      cycle++;
    }
    return SuperscalarProgram.of(instructions);
  }

  private boolean isComplete() {
    return saturated || instructions.size() >= maxInstructions;
  }

  private void fill(DecoderGroup group) {
    int slot = 0;
    while (slot < group.slotCount()) {
      InstructionDraft draft = current;
      if (draft == null || macroOpIndex >= draft.opcode().macroOps().size()) {
        if (isComplete()) {
          return;
        }
        draft = new InstructionDraft(group.chooseFor(slot, random), random);
        current = draft;
        macroOpIndex = 0;
      }
      switch (issue(draft)) {
        case ISSUED -> slot++;
        case THROWN_AWAY -> macroOpIndex = draft.opcode().macroOps().size();
        case GIVEN_UP -> {
          current = null;
          return;
        }
        case SATURATED -> {
          saturated = true;
          return;
        }
      }
    }
  }

  private enum Outcome {
    ISSUED,
    THROWN_AWAY,
    GIVEN_UP,
    SATURATED
  }

  /** Schedules the next macro-op of the draft and chooses the registers that it needs. */
  private Outcome issue(InstructionDraft draft) {
    MacroOp macroOp = draft.opcode().macroOps().get(macroOpIndex);
    int groupCycle = cycle;
    int start = macroOp.waitsForPrevious() ? Math.max(cycle, previousResultCycle) : cycle;
    int scheduled = ports.earliest(macroOp, start);
    if (scheduled == Ports.SATURATED) {
      return Outcome.SATURATED;
    }
    if (draft.opcode().choosesSourceAt(macroOpIndex)) {
      int waited = waitFor(at -> draft.chooseSource(at, registers), scheduled);
      if (waited == LOOK_FORWARD_CYCLES) {
        return discard();
      }
      scheduled += waited;
    }
    if (draft.opcode().choosesDestinationAt(macroOpIndex)) {
      boolean allowChained = thrownAway > 0;
      int waited = waitFor(at -> draft.chooseDestination(at, allowChained, registers), scheduled);
      if (waited == LOOK_FORWARD_CYCLES) {
        return discard();
      }
      scheduled += waited;
    }
    thrownAway = 0;
    scheduled = ports.take(macroOp, scheduled);
    if (scheduled == Ports.SATURATED) {
      return Outcome.SATURATED;
    }
    cycle = groupCycle;
    retire(draft, macroOp, scheduled);
    return Outcome.ISSUED;
  }

  private interface Choice {
    boolean succeedsAt(int cycle);
  }

  /** How many cycles a choice of register had to wait; the decoder stalls as long. */
  private int waitFor(Choice choice, int scheduled) {
    int waited = 0;
    while (waited < LOOK_FORWARD_CYCLES && !choice.succeedsAt(scheduled + waited)) {
      waited++;
    }
    cycle += waited;
    return waited;
  }

  private Outcome discard() {
    if (thrownAway == MAX_THROWN_AWAY) {
      return Outcome.GIVEN_UP;
    }
    thrownAway++;
    return Outcome.THROWN_AWAY;
  }

  private void retire(InstructionDraft draft, MacroOp macroOp, int scheduled) {
    SuperscalarOpcode opcode = draft.opcode();
    previousResultCycle = scheduled + macroOp.latency();
    if (opcode.writesResultAt(macroOpIndex)) {
      draft.writeResult(previousResultCycle, registers);
    }
    if (scheduled >= latency) {
      saturated = true;
    }
    macroOpIndex++;
    if (macroOpIndex == opcode.macroOps().size()) {
      instructions.add(draft.finish());
      multiplications += opcode.isMultiplication() ? 1 : 0;
    }
  }
}

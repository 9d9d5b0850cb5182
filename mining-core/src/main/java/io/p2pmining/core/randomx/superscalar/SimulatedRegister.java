package io.p2pmining.core.randomx.superscalar;

import org.jspecify.annotations.Nullable;

/** What the generator knows of a register: when it is ready and what was done to it last. */
final class SimulatedRegister {

  private int readyCycle;
  private SuperscalarOpcode.@Nullable Group lastGroup;
  private int lastParameter = InstructionDraft.NO_PARAMETER;

  boolean isReadyAt(int cycle) {
    return readyCycle <= cycle;
  }

  boolean wasLast(SuperscalarOpcode.Group group) {
    return lastGroup == group;
  }

  boolean wasLast(SuperscalarOpcode.Group group, int parameter) {
    return lastGroup == group && lastParameter == parameter;
  }

  void write(SuperscalarOpcode.Group group, int parameter, int resultCycle) {
    lastGroup = group;
    lastParameter = parameter;
    readyCycle = resultCycle;
  }
}

package io.p2pmining.core.crypto.compiled;

import static io.p2pmining.core.crypto.compiled.AesRegisters.LEFT;
import static io.p2pmining.core.crypto.compiled.AesRegisters.LENGTH;

import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Condition;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.Label;
import java.util.List;

/**
 * One loop over the buffers of some lanes at once, so that their chains of rounds overlap. Nothing
 * is fetched ahead: the buffers are read in order, which processors do by themselves at full speed,
 * and instructions that fetch only took from that.
 */
final class AesLoop {

  static final int LINE_BYTES = 64;

  /** Lines a turn over scratchpads, whose length is a multiple of this. */
  static final int SCRATCHPAD_LINES = 4;

  private static final int LOOP_ALIGNMENT = 32;

  private final Assembler asm;
  private final List<? extends LaneGroup> groups;
  private final int firstLane;

  /** A loop over these groups, whose lanes follow one another. */
  AesLoop(Assembler asm, int firstLane, List<? extends LaneGroup> groups) {
    this.asm = asm;
    this.firstLane = firstLane;
    this.groups = groups;
  }

  void emit(AesRoutine routine) {
    boolean program = routine == AesRoutine.GENERATE_PROGRAM;
    begin(routine, program ? AesLanes.PROGRAM : AesLanes.SCRATCHPAD);
    int lines = program ? 1 : SCRATCHPAD_LINES;
    asm.align(LOOP_ALIGNMENT);
    Label turn = new Label();
    asm.bind(turn);
    for (int line = 0; line < lines; line++) {
      line(routine, line * LINE_BYTES);
    }
    for (int lane = 0; lane < lanes(); lane++) {
      asm.add(pointer(lane), lines * LINE_BYTES);
    }
    asm.sub(LEFT, lines * LINE_BYTES);
    asm.jump(Condition.NOT_ZERO, turn);
    end(routine);
  }

  private void begin(AesRoutine routine, int buffer) {
    for (LaneGroup group : groups) {
      switch (routine) {
        case FILL -> group.beginFill();
        case HASH -> group.beginHash();
        case HASH_AND_FILL -> {
          group.beginFill();
          group.beginHash();
        }
        case GENERATE_PROGRAM -> group.beginProgram();
      }
    }
    for (int lane = 0; lane < lanes(); lane++) {
      asm.mov(pointer(lane), AesRegisters.field(firstLane + lane, buffer));
    }
    asm.mov(LEFT, LENGTH);
  }

  private void line(AesRoutine routine, int displacement) {
    for (LaneGroup group : groups) {
      switch (routine) {
        case FILL -> group.fillLine(displacement);
        case HASH -> group.hashLine(displacement);
        case HASH_AND_FILL -> {
          group.hashLine(displacement);
          group.fillLine(displacement);
        }
        case GENERATE_PROGRAM -> group.programLine(displacement);
      }
    }
  }

  private void end(AesRoutine routine) {
    for (LaneGroup group : groups) {
      if (routine != AesRoutine.HASH) {
        group.endGenerator();
      }
      if (routine.hashes()) {
        group.endHash();
      }
    }
  }

  private int lanes() {
    return groups.stream().mapToInt(LaneGroup::lanes).sum();
  }

  private Gpr pointer(int lane) {
    return AesRegisters.pointer(firstLane + lane);
  }
}

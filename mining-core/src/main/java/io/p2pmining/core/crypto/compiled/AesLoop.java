package io.p2pmining.core.crypto.compiled;

import static io.p2pmining.core.crypto.compiled.AesRegisters.LEFT;
import static io.p2pmining.core.crypto.compiled.AesRegisters.LENGTH;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Condition;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.Label;
import java.util.List;

/**
 * One loop over the buffers of some lanes at once, so that their chains of rounds overlap.
 *
 * <p>The lines of all lanes are read before any is written: scratchpads lie a multiple of a page
 * apart, and a processor that compares the low bits of addresses takes a read of one lane for one
 * that must wait for the write of another (three times the time, measured on Zen 4).
 */
final class AesLoop {

  static final int LINE_BYTES = 64;

  /** Lines a turn over scratchpads, whose length is a multiple of this. */
  static final int SCRATCHPAD_LINES = 4;

  /**
   * How far ahead of its use a line is fetched. Processors fetch ahead by themselves; this saves a
   * few percent where part of a scratchpad has left the caches. Beyond 512 bytes it stops what the
   * processor does and costs a quarter of the speed (measured on Zen 4).
   */
  private static final int PREFETCH_BYTES = 384;

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
    if (routine.hashes()) {
      groups.forEach(LaneGroup::beginHash);
    }
    if (routine.fills()) {
      groups.forEach(LaneGroup::beginFill);
    }
    if (routine == AesRoutine.GENERATE_PROGRAM) {
      groups.forEach(LaneGroup::beginProgram);
    }
    for (int lane = 0; lane < lanes(); lane++) {
      asm.mov(pointer(lane), AesRegisters.field(firstLane + lane, buffer));
    }
    asm.mov(LEFT, LENGTH);
  }

  private void line(AesRoutine routine, int displacement) {
    if (routine.hashes()) {
      groups.forEach(group -> group.hashLine(displacement));
    }
    if (routine.fills()) {
      groups.forEach(group -> group.fillLine(displacement));
    }
    if (routine == AesRoutine.GENERATE_PROGRAM) {
      groups.forEach(group -> group.programLine(displacement));
      return;
    }
    for (int lane = 0; lane < lanes(); lane++) {
      asm.prefetcht0(Address.at(pointer(lane), displacement + PREFETCH_BYTES));
    }
  }

  private void end(AesRoutine routine) {
    if (routine.hashes()) {
      groups.forEach(LaneGroup::endHash);
    }
    if (routine != AesRoutine.HASH) {
      groups.forEach(LaneGroup::endGenerator);
    }
  }

  private int lanes() {
    return groups.stream().mapToInt(LaneGroup::lanes).sum();
  }

  private Gpr pointer(int lane) {
    return AesRegisters.pointer(firstLane + lane);
  }
}

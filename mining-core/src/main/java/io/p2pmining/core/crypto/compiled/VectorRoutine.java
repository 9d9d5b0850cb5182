package io.p2pmining.core.crypto.compiled;

import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.VectorRegister.Width;
import java.util.ArrayList;
import java.util.List;

/** The routines with AES instructions: lanes in loops of some lanes each. */
final class VectorRoutine {

  private final Assembler asm;
  private final AesConstants constants;
  private final Width width;

  /**
   * Routines that use vector registers.
   *
   * @param width the widest of them
   */
  VectorRoutine(Assembler asm, AesConstants constants, Width width) {
    this.asm = asm;
    this.constants = constants;
    this.width = width;
  }

  void emit(AesRoutine routine, int lanes) {
    int together = LaneShape.lanesPerLoop(width, routine);
    for (int lane = 0; lane < lanes; lane += together) {
      List<LaneShape> shapes = LaneShape.of(width, Math.min(together, lanes - lane));
      new AesLoop(asm, lane, groups(shapes, lane)).emit(routine);
      if (!shapes.contains(LaneShape.NI_LANE)) {
        asm.vzeroupper();
      }
    }
    asm.ret();
  }

  private List<LaneGroup> groups(List<LaneShape> shapes, int firstLane) {
    List<LaneGroup> groups = new ArrayList<>();
    int lane = firstLane;
    for (int slot = 0; slot < shapes.size(); slot++) {
      LaneGroup group =
          switch (shapes.get(slot)) {
            case NI_LANE -> new AesNiLane(asm, constants, lane, slot);
            case YMM_LANE -> new YmmLane(asm, constants, lane, slot);
            case ZMM_PAIR -> new ZmmPair(asm, constants, lane, slot);
          };
      groups.add(group);
      lane += group.lanes();
    }
    return groups;
  }
}

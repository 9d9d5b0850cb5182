package io.p2pmining.core.crypto.compiled;

import io.p2pmining.core.crypto.AesGenerator4R;
import io.p2pmining.core.x86.Assembler;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes the routines of one kind, for 1 to 4 lanes each. Belongs to one thread; used once. */
final class AesAssembly {

  private static final int ENTRY_ALIGNMENT = 64;

  private final Assembler asm = new Assembler();
  private final AesKind kind;
  private final AesConstants constants;
  private final Map<AesRoutine, int[]> entries = new EnumMap<>(AesRoutine.class);

  AesAssembly(AesKind kind, AesGenerator4R programGenerator) {
    this.kind = kind;
    constants = new AesConstants(programGenerator);
    for (AesRoutine routine : AesRoutine.values()) {
      int[] positions = new int[AesLanes.MAX_LANES];
      for (int lanes = 1; lanes <= AesLanes.MAX_LANES; lanes++) {
        asm.align(ENTRY_ALIGNMENT);
        positions[lanes - 1] = asm.length();
        routine(routine, lanes);
      }
      entries.put(routine, positions);
    }
    constants.emit(asm);
  }

  /** The routines and their constants. They may lie anywhere, at a cache line. */
  byte[] code() {
    return asm.toByteArray();
  }

  /** Where in the code a routine for so many lanes begins. */
  int entry(AesRoutine routine, int lanes) {
    return entries.getOrDefault(routine, new int[0])[lanes - 1];
  }

  private void routine(AesRoutine routine, int lanes) {
    int inTurn = LaneShape.lanesPerLoop(kind, routine);
    for (int lane = 0; lane < lanes; lane += inTurn) {
      loop(routine, lane, Math.min(inTurn, lanes - lane));
    }
    asm.ret();
  }

  private void loop(AesRoutine routine, int firstLane, int lanes) {
    List<LaneGroup> groups = new ArrayList<>();
    int lane = firstLane;
    int slot = 0;
    boolean vex = false;
    for (LaneShape shape : LaneShape.of(kind, lanes)) {
      LaneGroup group =
          switch (shape) {
            case NI_LANE -> new AesNiLane(asm, constants, lane, slot);
            case YMM_LANE -> new YmmLane(asm, constants, lane, slot);
            case ZMM_PAIR -> new ZmmPair(asm, constants, lane, slot);
          };
      groups.add(group);
      lane += group.lanes();
      slot++;
      vex |= shape != LaneShape.NI_LANE;
    }
    new AesLoop(asm, firstLane, groups).emit(routine);
    if (vex) {
      asm.vzeroupper();
    }
  }
}

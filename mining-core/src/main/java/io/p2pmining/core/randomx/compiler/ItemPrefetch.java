package io.p2pmining.core.randomx.compiler;

import static io.p2pmining.core.randomx.compiler.RegisterMap.DATASET;
import static io.p2pmining.core.x86.Gpr.RAX;
import static io.p2pmining.core.x86.Gpr.RCX;
import static io.p2pmining.core.x86.Gpr.RDX;
import static io.p2pmining.core.x86.Gpr.RSP;

import io.p2pmining.core.randomx.RandomXVersion;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.Label;

/**
 * The machine code that fetches dataset items before they are read (specification, section 4.6.2,
 * steps 5 and 6).
 *
 * <p>A prefetch waits for nothing but the translation of its address. Where that means a walk
 * through page tables in memory, everything behind it is held up, because instructions retire in
 * order; what is behind does not get far, as the processor holds a few hundred at most. So the walk
 * is begun before, by an access that never retires:
 *
 * <pre>
 *         call further      the processor notes that a RET will come back here,
 *         prefetch item     and goes on here as soon as it meets one; the walk begins
 *         int3              (as far as it should go)
 *   further:
 *         the way back is changed, by a value that depends on the address of the item
 *         ret               once that is known, all of it since the CALL is taken back but the walk
 * </pre>
 *
 * <p>Turns go on meanwhile. Some turns later the prefetch finds the translation done:
 *
 * <pre>
 *   epilogue of lane 0: address known | prologue of lane 1: walk | .. | epilogue of lane 1 or 2: prefetch
 * </pre>
 */
final class ItemPrefetch {

  /** As many turns as the walk gets, where there are as many before the item is read. */
  private static final int WALK_TURNS = 2;

  private final Assembler asm;
  private final LoopShape shape;
  private final LaneLayout layout;
  private final int walkTurns;

  ItemPrefetch(Assembler asm, LoopShape shape, LaneLayout layout) {
    this.asm = asm;
    this.shape = shape;
    this.layout = layout;
    int turns = shape.version().announcedItems() * shape.lanes() - 1;
    boolean walks = shape.walksFirst() && !shape.computesItems();
    this.walkTurns = walks ? Math.min(WALK_TURNS, turns) : 0;
  }

  /**
   * What the first iterations read, since no iteration before them announced it. Changes RCX and
   * RDX.
   */
  void first() {
    if (shape.computesItems()) {
      return;
    }
    for (int lane = 0; lane < shape.lanes(); lane++) {
      locate(lane, LaneLayout.MA);
      fetch(Address.at(RDX, RCX));
      if (shape.version() == RandomXVersion.V2) {
        locate(lane, LaneLayout.MX);
        fetch(Address.at(RDX, RCX));
      }
    }
  }

  /**
   * In the prologue of a lane, the walk for the one whose turn it was. Changes RAX, RCX and RDX.
   */
  void walk(int lane) {
    if (walkTurns == 0) {
      return;
    }
    locateAnnounced(before(lane, 1));
    int distance = access(new Assembler(), 1);
    if (access(asm, distance) != distance) {
      throw new IllegalStateException("distance=" + distance);
    }
  }

  /** First in the epilogue of a lane, what a lane before announced. Changes RCX and RDX. */
  void afterWalk(int lane) {
    if (walkTurns == 0) {
      return;
    }
    locateAnnounced(before(lane, walkTurns));
    fetch(Address.at(RDX, RCX));
  }

  /** In the epilogue of a lane, what it has just announced. */
  void atOnce(Gpr announced) {
    if (walkTurns == 0) {
      fetch(Address.at(DATASET, announced));
    }
  }

  private int before(int lane, int turns) {
    return Math.floorMod(lane - turns, shape.lanes());
  }

  /** The item that a lane announced last, to RDX plus RCX. */
  private void locateAnnounced(int lane) {
    int announced =
        switch (shape.version()) {
          case V1 -> LaneLayout.MA;
          case V2 -> LaneLayout.MX;
        };
    locate(lane, announced);
  }

  /** The item whose address a lane has in its memory, to RDX plus RCX. */
  private void locate(int lane, int address) {
    asm.mov32(RCX, layout.of(lane, address));
    asm.and32(RCX, shape.datasetMask());
    asm.mov(RDX, layout.of(lane, LaneLayout.DATASET));
  }

  /**
   * The access that never retires.
   *
   * @param distance how far the code behind is from where the CALL would return to, to be returned
   */
  private static int access(Assembler asm, int distance) {
    Label further = new Label();
    asm.call(further);
    int notTaken = asm.length();
    asm.prefetcht0(Address.at(RDX, RCX));
    asm.int3();
    asm.bind(further);
    asm.mov32(RAX, RCX);
    asm.and32(RAX, 0);
    asm.add(RAX, Address.at(RSP));
    asm.add(RAX, distance);
    asm.mov(Address.at(RSP), RAX);
    asm.ret();
    return asm.length() - notTaken;
  }

  /**
   * Items are read once, so they had better not push scratchpads out of the second-level cache. But
   * past the first level they do not survive what other lanes do before they are read.
   */
  private void fetch(Address item) {
    if (shape.lanes() > 1) {
      asm.prefetcht0(item);
    } else {
      asm.prefetchnta(item);
    }
  }
}

package io.p2pmining.core.crypto;

import java.lang.foreign.MemorySegment;

/**
 * One of the parallel lanes of an Argon2d memory fill (RFC 9106, sections 3.4 and 3.5). Lanes fill
 * the same slice side by side and read blocks of other lanes only from finished slices, so each may
 * have its own thread as long as all wait for each other between slices.
 */
final class Argon2Lane {

  /** How often a thread looks whether it was interrupted: each 1024 blocks, about a millisecond. */
  private static final int INTERRUPT_CHECK_MASK = 1023;

  private final MemorySegment memory;
  private final int lane;
  private final int laneCount;
  private final int laneBlocks;
  private final int sliceBlocks;
  private final Argon2Block block = new Argon2Block();

  Argon2Lane(MemorySegment memory, int lane, int laneCount) {
    this.memory = memory;
    this.lane = lane;
    this.laneCount = laneCount;
    this.laneBlocks = Math.toIntExact(memory.byteSize() / Argon2Block.BYTES / laneCount);
    this.sliceBlocks = laneBlocks / Argon2d.SLICES;
  }

  /** Sets the two blocks that everything else follows from. */
  void start(byte[] prehash) {
    byte[] seed = new byte[prehash.length + 2 * Integer.BYTES];
    System.arraycopy(prehash, 0, seed, 0, prehash.length);
    LittleEndian.putInt(seed, prehash.length + Integer.BYTES, lane);
    for (int column = 0; column < 2; column++) {
      LittleEndian.putInt(seed, prehash.length, column);
      byte[] bytes = Argon2LongHash.digestOf(Argon2Block.BYTES, seed);
      MemorySegment.copy(
          MemorySegment.ofArray(bytes), 0, memory, offset(lane, column), Argon2Block.BYTES);
    }
  }

  /** Fills this lane's part of a slice. */
  void fill(int pass, int slice) throws InterruptedException {
    int first = slice * sliceBlocks;
    int index = pass == 0 && slice == 0 ? 2 : 0;
    block.load(memory, offset(lane, Math.floorMod(first + index - 1, laneBlocks)));
    for (; index < sliceBlocks; index++) {
      if ((index & INTERRUPT_CHECK_MASK) == 0 && Thread.interrupted()) {
        throw new InterruptedException("interrupted while filling the memory of Argon2d");
      }
      long reference = reference(pass, slice, index, block.firstWord());
      if (pass == 0) {
        block.advance(memory, reference, offset(lane, first + index));
      } else {
        block.advanceOver(memory, reference, offset(lane, first + index));
      }
    }
  }

  /** The offset of the reference block that {@code word} of the preceding block chooses. */
  private long reference(int pass, int slice, int index, long word) {
    int chosenLane = pass == 0 && slice == 0 ? lane : (int) ((word >>> Integer.SIZE) % laneCount);
    int finished = pass == 0 ? slice * sliceBlocks : laneBlocks - sliceBlocks;
    int candidates;
    if (chosenLane == lane) {
      candidates = finished + index - 1;
    } else {
      candidates = index == 0 ? finished - 1 : finished;
    }
    // Of the candidates, oldest first, later ones are likelier: a square of the random word.
    long random = word & 0xffff_ffffL;
    long square = random * random >>> Integer.SIZE;
    int position = candidates - 1 - (int) (candidates * square >>> Integer.SIZE);
    int oldest = pass == 0 || slice == Argon2d.SLICES - 1 ? 0 : (slice + 1) * sliceBlocks;
    return offset(chosenLane, (oldest + position) % laneBlocks);
  }

  private long offset(int lane, int column) {
    return ((long) lane * laneBlocks + column) * Argon2Block.BYTES;
  }
}

package io.p2pmining.core.crypto;

import java.lang.foreign.MemorySegment;

/**
 * One of the parallel lanes of an Argon2d memory fill (RFC 9106, section 3.4).
 *
 * @param memory all lanes, one behind the other
 */
record Argon2Lane(MemorySegment memory, int lane, int laneCount, Argon2SegmentFill segmentFill) {

  /** Sets the two blocks that everything else follows from. */
  void start(byte[] prehash) {
    Argon2Segment first = new Argon2Segment(memory, lane, laneCount, 0, 0);
    byte[] seed = new byte[prehash.length + 2 * Integer.BYTES];
    System.arraycopy(prehash, 0, seed, 0, prehash.length);
    LittleEndian.putInt(seed, prehash.length + Integer.BYTES, lane);
    for (int column = 0; column < 2; column++) {
      LittleEndian.putInt(seed, prehash.length, column);
      byte[] bytes = Argon2LongHash.digestOf(Argon2Block.BYTES, seed);
      MemorySegment.copy(
          MemorySegment.ofArray(bytes), 0, memory, first.offset(lane, column), Argon2Block.BYTES);
    }
  }

  /** Fills this lane's part of a slice. */
  void fill(int pass, int slice) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while filling the memory of Argon2d");
    }
    segmentFill.fill(new Argon2Segment(memory, lane, laneCount, pass, slice));
  }
}

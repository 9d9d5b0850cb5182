package io.p2pmining.core.crypto;

import java.lang.foreign.MemorySegment;

/**
 * The part of a lane that is filled in one go: its share of a slice (RFC 9106, section 3.4). Lanes
 * fill the same slice side by side and read blocks of other lanes only from finished slices, so
 * each may have its own thread as long as all wait for each other between slices.
 *
 * @param memory all lanes, one behind the other
 * @param lane the lane's number
 * @param lanes how many lanes there are
 * @param pass the number of the pass, from 0
 * @param slice the number of the slice within the pass
 */
public record Argon2Segment(MemorySegment memory, int lane, int lanes, int pass, int slice) {

  /** The length of a block in bytes. */
  public static final int BLOCK_BYTES = Argon2Block.BYTES;

  /** How many blocks a lane has. */
  public int laneBlocks() {
    return Math.toIntExact(memory.byteSize() / BLOCK_BYTES / lanes);
  }

  /** How many blocks of a lane belong to a slice. */
  public int sliceBlocks() {
    return laneBlocks() / Argon2d.SLICES;
  }

  /** Whether nothing is finished yet, in which case other lanes cannot be read. */
  public boolean isFirst() {
    return pass == 0 && slice == 0;
  }

  /** The index within the segment of the first block to fill: two blocks are there at the start. */
  public int firstIndex() {
    return isFirst() ? 2 : 0;
  }

  /** The column of the segment's first block. */
  public int firstColumn() {
    return slice * sliceBlocks();
  }

  /** How many blocks of each lane are in finished slices and can be read. */
  public int finishedBlocks() {
    return pass == 0 ? firstColumn() : laneBlocks() - sliceBlocks();
  }

  /** The column of the oldest block that can be read. */
  public int oldestColumn() {
    return pass == 0 || slice == Argon2d.SLICES - 1 ? 0 : (slice + 1) * sliceBlocks();
  }

  /** The column of the block ahead of the one with this index in the segment. */
  public int previousColumn(int index) {
    return Math.floorMod(firstColumn() + index - 1, laneBlocks());
  }

  /** Where a block begins in memory, in bytes. */
  public long offset(int inLane, int column) {
    return ((long) inLane * laneBlocks() + column) * BLOCK_BYTES;
  }
}

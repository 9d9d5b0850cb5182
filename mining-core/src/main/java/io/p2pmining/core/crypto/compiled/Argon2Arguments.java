package io.p2pmining.core.crypto.compiled;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.p2pmining.core.crypto.Argon2Segment;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What the code that fills a segment is told: a table of words of 64 bits. */
final class Argon2Arguments {

  /** The address of the memory. */
  static final int MEMORY = 0;

  /** The address of the block ahead of the segment's first one to fill. */
  static final int PREVIOUS = 8;

  /** The address of the first block to fill. */
  static final int TARGET = 16;

  /** How many blocks to fill, at least 1. */
  static final int COUNT = 24;

  /** The lane's number. */
  static final int LANE = 32;

  /** A lane is chosen by the upper half of a word, ANDed with this ... */
  static final int LANE_MASK = 40;

  /** ... and this added. */
  static final int LANE_ADDEND = 48;

  /** How many blocks a lane has. */
  static final int LANE_BLOCKS = 56;

  /** How many blocks of its own lane the first block can refer to; one more with each block. */
  static final int OWN_CANDIDATES = 64;

  /** How many blocks of another lane the first block can refer to. */
  static final int FIRST_OTHER_CANDIDATES = 72;

  /** How many blocks of another lane later blocks can refer to. */
  static final int OTHER_CANDIDATES = 80;

  /** The column of the oldest block that can be referred to. */
  static final int OLDEST = 88;

  private static final int BYTES = 96;

  private Argon2Arguments() {}

  /** The table for a segment that has blocks to fill; the number of lanes is a power of two. */
  static MemorySegment of(Argon2Segment segment, Arena arena) {
    int lane = segment.lane();
    int index = segment.firstIndex();
    int finished = segment.finishedBlocks();
    long memory = segment.memory().address();
    MemorySegment table = arena.allocate(BYTES, Long.BYTES);
    table.set(JAVA_LONG, MEMORY, memory);
    table.set(JAVA_LONG, PREVIOUS, memory + segment.offset(lane, segment.previousColumn(index)));
    table.set(JAVA_LONG, TARGET, memory + segment.offset(lane, segment.firstColumn() + index));
    table.set(JAVA_LONG, COUNT, segment.sliceBlocks() - index);
    table.set(JAVA_LONG, LANE, lane);
    table.set(JAVA_LONG, LANE_MASK, segment.isFirst() ? 0 : segment.lanes() - 1);
    table.set(JAVA_LONG, LANE_ADDEND, segment.isFirst() ? lane : 0);
    table.set(JAVA_LONG, LANE_BLOCKS, segment.laneBlocks());
    table.set(JAVA_LONG, OWN_CANDIDATES, finished + index - 1);
    table.set(JAVA_LONG, FIRST_OTHER_CANDIDATES, index == 0 ? finished - 1 : finished);
    table.set(JAVA_LONG, OTHER_CANDIDATES, finished);
    table.set(JAVA_LONG, OLDEST, segment.oldestColumn());
    return table;
  }
}

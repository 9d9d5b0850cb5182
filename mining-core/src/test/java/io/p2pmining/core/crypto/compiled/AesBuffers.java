package io.p2pmining.core.crypto.compiled;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;

/**
 * The buffers of four lanes in one block of memory, all of it random at first, with gaps between
 * them so that a write beside a buffer shows.
 */
final class AesBuffers implements AutoCloseable {

  private static final int GAP = 64;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment memory;
  private final AesLanes lanes;
  private final int bytes;
  private long[] before = new long[0];

  /** Lanes with scratchpads and programs of this length. */
  AesBuffers(int bytes, Random random) {
    this.bytes = bytes;
    memory = arena.allocate(AesLanes.MAX_LANES * laneBytes() + GAP, 64);
    for (long offset = 0; offset < memory.byteSize(); offset += Long.BYTES) {
      memory.set(JAVA_LONG, offset, random.nextLong());
    }
    lanes = new AesLanes(arena.allocate(AesLanes.BYTES, 8));
    for (int lane = 0; lane < AesLanes.MAX_LANES; lane++) {
      lanes.setScratchpad(lane, scratchpad(lane).address());
      lanes.setProgram(lane, program(lane).address());
      lanes.setFingerprint(lane, fingerprint(lane).address());
      lanes.setState(lane, state(lane).address());
    }
    remember();
  }

  private long laneBytes() {
    return 2L * bytes + 2 * 64 + 4 * GAP;
  }

  private MemorySegment at(int lane, long offset, int length) {
    return memory.asSlice(lane * laneBytes() + GAP + offset, length);
  }

  AesLanes lanes() {
    return lanes;
  }

  MemorySegment scratchpad(int lane) {
    return at(lane, 0, bytes);
  }

  /** Not at a cache line, as a program is whose buffer begins in the middle of something else. */
  MemorySegment program(int lane) {
    return at(lane, bytes + GAP + 8, bytes);
  }

  MemorySegment fingerprint(int lane) {
    return at(lane, 2L * bytes + 2 * GAP + 8, 64);
  }

  MemorySegment state(int lane) {
    return at(lane, 2L * bytes + 64 + 3 * GAP + 8, 64);
  }

  /** Takes what the memory holds as what it should hold. */
  void remember() {
    before = memory.toArray(JAVA_LONG);
  }

  /** What a buffer held when last remembered. */
  long[] before(MemorySegment buffer) {
    int from = (int) ((buffer.address() - memory.address()) / Long.BYTES);
    return Arrays.copyOfRange(before, from, from + (int) buffer.byteSize() / Long.BYTES);
  }

  /** Sets what a buffer should hold. */
  void expect(MemorySegment buffer, long[] words) {
    int from = (int) ((buffer.address() - memory.address()) / Long.BYTES);
    System.arraycopy(words, 0, before, from, words.length);
  }

  /** Everything that should be there, gaps too. */
  long[] expected() {
    return before;
  }

  /** Everything that is there. */
  long[] actual() {
    return memory.toArray(JAVA_LONG);
  }

  @Override
  public void close() {
    arena.close();
  }
}

package io.p2pmining.core.crypto.compiled;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * Where the buffers of the lanes lie that one call works on: a table outside the heap that machine
 * code reads.
 *
 * <pre>
 * lane 0   +0  scratchpad    its first byte, at a cache line
 *          +8  program       receives what AesGenerator4R makes
 *         +16  fingerprint   receives the 64 bytes of AesHash1R
 *         +24  state         the 64 bytes of the generators
 * lane 1  +32  …
 * </pre>
 *
 * <p>Buffers that a routine does not use may be left out. The buffers of a table must not overlap.
 * Belongs to the thread that uses it.
 */
public final class AesLanes {

  /** The most lanes that one call works on. */
  public static final int MAX_LANES = 4;

  /** The size of a table in bytes. */
  public static final long BYTES = MAX_LANES * 32L;

  static final int SCRATCHPAD = 0;
  static final int PROGRAM = 8;
  static final int FINGERPRINT = 16;
  static final int STATE = 24;
  static final int LANE_BYTES = 32;

  private static final int CACHE_LINE_BYTES = 64;

  private final MemorySegment table;

  /**
   * A table of buffers that are still to be set.
   *
   * @param memory {@link #BYTES} outside the heap that live as long as the table is used
   */
  public AesLanes(MemorySegment memory) {
    if (!memory.isNative() || memory.byteSize() != BYTES) {
      throw new IllegalArgumentException(
          "native=%s, length=%d, must be %d"
              .formatted(memory.isNative(), memory.byteSize(), BYTES));
    }
    table = memory;
  }

  /** Sets where the scratchpad of a lane, 0 to 3, begins. */
  public void setScratchpad(int lane, long address) {
    if (address % CACHE_LINE_BYTES != 0) {
      throw new IllegalArgumentException("scratchpad=0x%x, not at a line".formatted(address));
    }
    set(lane, SCRATCHPAD, address);
  }

  /** Sets where the program buffer of a lane, 0 to 3, begins. */
  public void setProgram(int lane, long address) {
    set(lane, PROGRAM, address);
  }

  /** Sets where the fingerprint of a lane, 0 to 3, is to go. */
  public void setFingerprint(int lane, long address) {
    set(lane, FINGERPRINT, address);
  }

  /** Sets where the state of the generators of a lane, 0 to 3, is. */
  public void setState(int lane, long address) {
    set(lane, STATE, address);
  }

  /** The address of the table itself. */
  public long address() {
    return table.address();
  }

  private void set(int lane, int field, long address) {
    if (lane < 0 || lane >= MAX_LANES) {
      throw new IllegalArgumentException("lane=" + lane);
    }
    table.set(JAVA_LONG, (long) lane * LANE_BYTES + field, address);
  }
}

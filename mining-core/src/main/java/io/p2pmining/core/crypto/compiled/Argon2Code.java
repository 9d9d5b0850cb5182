package io.p2pmining.core.crypto.compiled;

import io.p2pmining.core.crypto.Argon2Segment;
import io.p2pmining.core.crypto.Argon2SegmentFill;
import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.NativeCall;
import java.lang.foreign.Arena;

/**
 * Fills segments of Argon2d's memory by machine code for x86-64. The memory lies off the heap, at
 * the beginning of a cache line, and the number of lanes is a power of two. An interrupt is noticed
 * between segments, each of which takes some 10 milliseconds in RandomX. Any thread may use it
 * until its owner closes it; later calls are the end of the process.
 */
public final class Argon2Code implements Argon2SegmentFill, AutoCloseable {

  private static final int ALIGNMENT = 64;

  private final Argon2Kind kind;
  private final ExecutableMemory memory;
  private final int xorEntry;

  private Argon2Code(Argon2Kind kind, ExecutableMemory memory, int xorEntry) {
    this.kind = kind;
    this.memory = memory;
    this.xorEntry = xorEntry;
  }

  /**
   * Generates the code.
   *
   * @param kind one that this processor can execute
   * @throws io.p2pmining.core.memory.CodeMemoryException if this system gives no memory for code
   */
  public static Argon2Code generate(Argon2Kind kind) {
    Argon2Assembly assembly = new Argon2Assembly(kind);
    ExecutableMemory memory = ExecutableMemory.holding(assembly.assemble(), "the code of Argon2d");
    return new Argon2Code(kind, memory, assembly.xorEntry());
  }

  /** Whether memory can be filled with so many lanes. */
  public static boolean supports(int lanes) {
    return Integer.bitCount(lanes) == 1;
  }

  /** The instructions that are used. */
  public Argon2Kind kind() {
    return kind;
  }

  @Override
  public void fill(Argon2Segment segment) {
    long address = segment.memory().address();
    if (!segment.memory().isNative() || address % ALIGNMENT != 0 || !supports(segment.lanes())) {
      throw new IllegalArgumentException(
          "native=%b, address=0x%x, lanes=%d, must be aligned and a power of two"
              .formatted(segment.memory().isNative(), address, segment.lanes()));
    }
    if (segment.firstIndex() == segment.sliceBlocks()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      NativeCall.call(entry(segment.pass()), Argon2Arguments.of(segment, arena).address());
    }
  }

  /** The address of the function for a pass. */
  long entry(int pass) {
    return memory.entry(pass == 0 ? 0 : xorEntry);
  }

  /** Frees the code. */
  @Override
  public void close() {
    memory.close();
  }
}

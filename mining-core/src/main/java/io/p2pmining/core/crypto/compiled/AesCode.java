package io.p2pmining.core.crypto.compiled;

import io.p2pmining.core.crypto.AesGenerator4R;
import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.NativeCall;
import java.lang.foreign.MemorySegment;

/**
 * RandomX's AES generators and hash (specification, sections 3.2 to 3.4) as machine code for
 * x86-64, on one to four lanes at a time. A call takes the first lanes of a table; the table and
 * its buffers lie outside the heap. Calls allocate nothing. Any number of threads may call, each
 * with buffers of its own, until it is closed.
 *
 * <p>The kind must be one that the processor has, and addresses in tables must be right: nothing
 * checks either, and a mistake is the end of the process.
 */
public final class AesCode implements AutoCloseable {

  /** Lengths of scratchpads are multiples of this many bytes. */
  public static final int SCRATCHPAD_UNIT_BYTES = AesLoop.SCRATCHPAD_LINES * AesLoop.LINE_BYTES;

  /** Lengths of programs are multiples of this many bytes. */
  public static final int PROGRAM_UNIT_BYTES = AesLoop.LINE_BYTES;

  private final AesKind kind;
  private final ExecutableMemory memory;
  private final MemorySegment[] fill;
  private final MemorySegment[] hash;
  private final MemorySegment[] hashAndFill;
  private final MemorySegment[] generatePrograms;

  private AesCode(AesKind kind, ExecutableMemory memory, AesAssembly assembly) {
    this.kind = kind;
    this.memory = memory;
    fill = entries(AesRoutine.FILL, memory, assembly);
    hash = entries(AesRoutine.HASH, memory, assembly);
    hashAndFill = entries(AesRoutine.HASH_AND_FILL, memory, assembly);
    generatePrograms = entries(AesRoutine.GENERATE_PROGRAM, memory, assembly);
  }

  private static MemorySegment[] entries(
      AesRoutine routine, ExecutableMemory memory, AesAssembly assembly) {
    MemorySegment[] segments = new MemorySegment[AesLanes.MAX_LANES];
    for (int lanes = 1; lanes <= segments.length; lanes++) {
      long address = memory.entry(assembly.entry(routine, lanes));
      segments[lanes - 1] = MemorySegment.ofAddress(address);
    }
    return segments;
  }

  /**
   * Generates the routines.
   *
   * @param kind what the processor has
   * @param programGenerator the variant's generator of programs, for its keys
   * @throws io.p2pmining.core.memory.CodeMemoryException if this system gives no memory for code
   */
  public static AesCode generate(AesKind kind, AesGenerator4R programGenerator) {
    AesAssembly assembly = new AesAssembly(kind, programGenerator);
    ExecutableMemory memory = ExecutableMemory.holding(assembly.code(), "the code of AES");
    return new AesCode(kind, memory, assembly);
  }

  /** The instructions that are used. */
  public AesKind kind() {
    return kind;
  }

  /**
   * AesGenerator1R: fills the scratchpads with what follows the states, which become the last ones.
   *
   * @param count how many lanes, 1 to 4
   * @param bytes the length of each scratchpad, a multiple of {@link #SCRATCHPAD_UNIT_BYTES}
   */
  public void fill(AesLanes lanes, int count, long bytes) {
    call(fill, lanes, count, bytes, SCRATCHPAD_UNIT_BYTES);
  }

  /**
   * AesHash1R: stores the fingerprints of the scratchpads.
   *
   * @param count how many lanes, 1 to 4
   * @param bytes the length of each scratchpad, a multiple of {@link #SCRATCHPAD_UNIT_BYTES}
   */
  public void hash(AesLanes lanes, int count, long bytes) {
    call(hash, lanes, count, bytes, SCRATCHPAD_UNIT_BYTES);
  }

  /**
   * The same as {@link #hash} and then {@link #fill}, in about the time of one. A fingerprint may
   * not lie where the state is.
   *
   * @param count how many lanes, 1 to 4
   * @param bytes the length of each scratchpad, a multiple of {@link #SCRATCHPAD_UNIT_BYTES}
   */
  public void hashAndFill(AesLanes lanes, int count, long bytes) {
    call(hashAndFill, lanes, count, bytes, SCRATCHPAD_UNIT_BYTES);
  }

  /**
   * AesGenerator4R: fills the program buffers with what follows the states, which become the last
   * ones.
   *
   * @param count how many lanes, 1 to 4
   * @param bytes the length of each program with its configuration, a multiple of {@link
   *     #PROGRAM_UNIT_BYTES}
   */
  public void generatePrograms(AesLanes lanes, int count, long bytes) {
    call(generatePrograms, lanes, count, bytes, PROGRAM_UNIT_BYTES);
  }

  private static void call(
      MemorySegment[] entries, AesLanes lanes, int count, long bytes, int unit) {
    if (count < 1 || count > entries.length || bytes <= 0 || bytes % unit != 0) {
      throw new IllegalArgumentException(
          "count=%d, bytes=%d, must be a multiple of %d".formatted(count, bytes, unit));
    }
    NativeCall.call(entries[count - 1], lanes.address(), bytes);
  }

  /** Frees the code. No thread may be executing it. */
  @Override
  public void close() {
    memory.close();
  }
}

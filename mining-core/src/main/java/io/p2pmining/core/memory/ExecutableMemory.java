package io.p2pmining.core.memory;

import static io.p2pmining.core.memory.MappingCalls.PROT_READ_EXECUTE;
import static io.p2pmining.core.memory.MappingCalls.PROT_READ_WRITE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Memory of a fixed size for machine code that is generated at run time. Belongs to one thread,
 * which writes and executes it in turn; several threads may execute code that none changes any
 * more. Code is written at {@link #writable} and called at {@link #entry}; with {@link
 * CodeViews#TWO_VIEWS} these are different addresses of the same bytes, so code must not depend on
 * where it is written. Writes outside {@link #beginWriting} and {@link #endWriting} are the end of
 * the process in flipped memory, as is calling code inside them or once it is closed.
 *
 * <p>On x86-64 written code may be called at once. Other processors need their caches told first.
 */
public final class ExecutableMemory implements AutoCloseable {

  private final MappingCalls calls;
  private final Arena arena;
  private final CodeMapping mapping;
  private final MemorySegment writable;

  private ExecutableMemory(MappingCalls calls, Arena arena, CodeMapping mapping, long bytes) {
    this.calls = calls;
    this.arena = arena;
    this.mapping = mapping;
    this.writable =
        MemorySegment.ofAddress(mapping.writableAddress())
            .reinterpret(bytes, arena, closed -> mapping.unmap(calls));
  }

  /**
   * Allocates zeroed memory that is never writable and executable at once: with two views or, where
   * these are not to be had, flipped.
   *
   * @param purpose what it is for, in the words of an error message
   * @throws CodeMemoryException if this system has none
   */
  public static ExecutableMemory allocate(long bytes, String purpose) {
    return allocate(bytes, purpose, CodeViews.TWO_VIEWS);
  }

  /**
   * Allocates zeroed memory.
   *
   * @param purpose what it is for, in the words of an error message
   * @param best the views to have; two views fall back to flipped memory, the others to nothing
   * @throws CodeMemoryException if this system has none
   */
  public static ExecutableMemory allocate(long bytes, String purpose, CodeViews best) {
    MappingCalls calls =
        MappingCalls.ofThisSystem()
            .orElseThrow(
                () -> new CodeMemoryException(purpose, bytes, "it is obtained on Linux only"));
    return allocate(calls, bytes, purpose, best);
  }

  /**
   * Allocates memory that is never writable and executable at once, with code in it.
   *
   * @param purpose what it is for, in the words of an error message
   * @throws CodeMemoryException if this system has none
   */
  public static ExecutableMemory holding(byte[] code, String purpose) {
    ExecutableMemory memory = allocate(code.length, purpose);
    boolean complete = false;
    try {
      memory.flip(PROT_READ_WRITE);
      MemorySegment.copy(code, 0, memory.writable, ValueLayout.JAVA_BYTE, 0, code.length);
      memory.flip(PROT_READ_EXECUTE);
      complete = true;
      return memory;
    } catch (SystemCallException e) { // Some systems map such memory and let it be as it is.
      throw new CodeMemoryException(purpose, code.length, e.reason());
    } finally {
      if (!complete) {
        memory.close();
      }
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // The arena lives on in the result.
  static ExecutableMemory allocate(MappingCalls calls, long bytes, String purpose, CodeViews best) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("bytes=" + bytes + ", must be positive");
    }
    try {
      CodeMapping mapping = CodeMapping.map(calls, bytes, best);
      return new ExecutableMemory(calls, Arena.ofShared(), mapping, bytes);
    } catch (SystemCallException e) {
      throw new CodeMemoryException(purpose, bytes, e.reason());
    }
  }

  /** How it is written and executed. */
  public CodeViews views() {
    return mapping.views();
  }

  /** How many bytes of code fit. */
  public long bytes() {
    return writable.byteSize();
  }

  /** The bytes, to be written. The same segment at every call. */
  public MemorySegment writable() {
    return writable;
  }

  /**
   * The address at which code can be called.
   *
   * @param offset of its first byte
   */
  public long entry(long offset) {
    if (offset < 0 || offset >= bytes() || !arena.scope().isAlive()) {
      throw new IllegalArgumentException(
          "offset=%d, bytes=%d, open=%s".formatted(offset, bytes(), arena.scope().isAlive()));
    }
    return mapping.executableAddress() + offset;
  }

  /** Makes flipped memory writable. Does nothing with other views. */
  public void beginWriting() {
    mustFlip(PROT_READ_WRITE);
  }

  /** Makes flipped memory executable. Does nothing with other views. */
  public void endWriting() {
    mustFlip(PROT_READ_EXECUTE);
  }

  private void mustFlip(int protection) {
    try {
      flip(protection);
    } catch (SystemCallException e) {
      throw new IllegalStateException("code memory stays as it is: " + e.reason(), e);
    }
  }

  private void flip(int protection) throws SystemCallException {
    if (mapping.views() == CodeViews.FLIPPED) {
      calls.protect(mapping.writableAddress(), mapping.length(), protection);
    }
  }

  /** Frees the memory. Does nothing when it is free already. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}

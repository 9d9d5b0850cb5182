package io.p2pmining.core.memory;

import static io.p2pmining.core.memory.LinuxFunctions.function;
import static io.p2pmining.core.memory.LinuxFunctions.invoke;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.p2pmining.core.memory.LinuxFunctions.Outcome;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The calls as the C library of a 64-bit Linux has them. */
final class LinuxCalls extends LinuxFileCalls implements MappingCalls {

  private static final MethodHandle MMAP =
      function(
          "mmap",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle MUNMAP =
      function("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle MADVISE =
      function("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle MPROTECT =
      function("mprotect", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle GETPAGESIZE =
      function("getpagesize", FunctionDescriptor.of(JAVA_INT));

  /** {@code syscall(number, address, length, mode, mask, bits, flags)}: libc has no mbind. */
  private static final MethodHandle MBIND =
      function(
          "syscall",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));

  private static final long MBIND_NUMBER =
      System.getProperty("os.arch", "").equals("amd64") ? 237 : 235;
  private static final long MPOL_PREFERRED = 1;

  /** The most NUMA nodes that any kernel is built for. */
  private static final int MAX_NODES = 1024;

  @Override
  public long smallPageBytes() {
    return invoke(state -> (int) GETPAGESIZE.invokeExact(state)).result();
  }

  @Override
  public long map(long address, long length, int protection, int flags, int descriptor)
      throws SystemCallException {
    return invoke(
            state ->
                (long) MMAP.invokeExact(state, address, length, protection, flags, descriptor, 0L))
        .orThrow("mmap");
  }

  @Override
  public void unmap(long address, long length) {
    Outcome outcome = invoke(state -> (int) MUNMAP.invokeExact(state, address, length));
    if (outcome.failed()) {
      throw new IllegalStateException(
          "munmap: address=0x%x, length=%d, errno=%d"
              .formatted(address, length, outcome.errorNumber()));
    }
  }

  @Override
  public void advise(long address, long length, int advice) throws SystemCallException {
    invoke(state -> (int) MADVISE.invokeExact(state, address, length, advice)).orThrow("madvise");
  }

  @Override
  public void protect(long address, long length, int protection) throws SystemCallException {
    invoke(state -> (int) MPROTECT.invokeExact(state, address, length, protection))
        .orThrow("mprotect");
  }

  @Override
  public void prefer(long address, long length, int node) throws SystemCallException {
    if (node < 0 || node >= MAX_NODES) {
      throw new IllegalArgumentException("node=" + node);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(JAVA_LONG, MAX_NODES / Long.SIZE + 1);
      mask.setAtIndex(JAVA_LONG, node / Long.SIZE, 1L << node);
      invoke(
              state ->
                  (long)
                      MBIND.invokeExact(
                          state,
                          MBIND_NUMBER,
                          address,
                          length,
                          MPOL_PREFERRED,
                          mask,
                          (long) MAX_NODES + 1,
                          0L))
          .orThrow("mbind");
    }
  }
}

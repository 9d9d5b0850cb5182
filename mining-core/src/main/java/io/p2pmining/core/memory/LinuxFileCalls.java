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

/** The calls about files as the C library of a 64-bit Linux has them. */
class LinuxFileCalls implements FileCalls {

  private static final MethodHandle MEMFD_CREATE =
      function("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle FTRUNCATE =
      function("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle FALLOCATE =
      function(
          "fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle FCNTL =
      function(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle FLOCK =
      function("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private static final int F_ADD_SEALS = 1033;
  private static final int F_GET_SEALS = 1034;
  private static final int LOCK_EXCLUSIVE_NOW = 2 | 4;
  private static final int EWOULDBLOCK = 11;

  @Override
  public int openMemoryFile(String name, int flags) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(name);
      return (int)
          invoke(state -> (int) MEMFD_CREATE.invokeExact(state, text, flags))
              .orThrow("memfd_create");
    }
  }

  @Override
  public int open(String path, int flags, int mode) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(path);
      return (int)
          invoke(state -> (int) OPEN.invokeExact(state, text, flags, mode)).orThrow("open");
    }
  }

  @Override
  public void resize(int descriptor, long length) throws SystemCallException {
    invoke(state -> (int) FTRUNCATE.invokeExact(state, descriptor, length)).orThrow("ftruncate");
  }

  @Override
  public void fill(int descriptor, long length) throws SystemCallException {
    invoke(state -> (int) FALLOCATE.invokeExact(state, descriptor, 0, 0L, length))
        .orThrow("fallocate");
  }

  @Override
  public void seal(int descriptor, int seals) throws SystemCallException {
    invoke(state -> (int) FCNTL.invokeExact(state, descriptor, F_ADD_SEALS, seals))
        .orThrow("fcntl(F_ADD_SEALS)");
  }

  @Override
  public int seals(int descriptor) throws SystemCallException {
    return (int)
        invoke(state -> (int) FCNTL.invokeExact(state, descriptor, F_GET_SEALS, 0))
            .orThrow("fcntl(F_GET_SEALS)");
  }

  @Override
  public boolean tryLock(int descriptor) throws SystemCallException {
    Outcome outcome =
        invoke(state -> (int) FLOCK.invokeExact(state, descriptor, LOCK_EXCLUSIVE_NOW));
    if (outcome.failed() && outcome.errorNumber() == EWOULDBLOCK) {
      return false;
    }
    return outcome.orThrow("flock") == 0;
  }

  @Override
  public void closeFile(int descriptor) {
    invoke(state -> (int) CLOSE.invokeExact(state, descriptor));
  }
}

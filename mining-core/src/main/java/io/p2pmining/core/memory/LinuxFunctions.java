package io.p2pmining.core.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/** Calls functions of the C library and keeps what they leave in {@code errno}. */
final class LinuxFunctions {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERROR_NUMBER =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private LinuxFunctions() {}

  /** A function whose handle takes the memory for {@code errno} first. */
  static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    List<Linker.Option> all = new ArrayList<>(List.of(options));
    all.add(Linker.Option.captureCallState("errno"));
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), descriptor, all.toArray(Linker.Option[]::new));
  }

  static Outcome invoke(NativeFunction function) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      long result = function.apply(state);
      return new Outcome(result, (int) ERROR_NUMBER.get(state, 0L));
    } catch (Throwable e) {
      throw new LinkageError("a call of the C library could not be made", e);
    }
  }

  /** A downcall that leaves its error number in the given memory. */
  interface NativeFunction {
    long apply(MemorySegment state) throws Throwable;
  }

  /** What a call gave; {@code errorNumber} means something if it failed. */
  record Outcome(long result, int errorNumber) {

    boolean failed() {
      return result == -1;
    }

    long orThrow(String call) throws SystemCallException {
      if (failed()) {
        throw SystemCallException.of(call, errorNumber);
      }
      return result;
    }
  }
}

package io.p2pmining.core.memory;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Collections;

/**
 * Calls machine code by its address, by the calling convention of the system's C compiler: up to
 * four integers or addresses go in, one integer comes back (without meaning if the code gives
 * none). A call costs about 8 ns and allocates nothing once it is compiled. Garbage collections go
 * on during a call, however long it takes. Any thread may call.
 *
 * <p>The code must leave the floating-point control register and the registers of the convention as
 * they were. Nothing checks an address: a wrong one is the end of the process.
 */
public final class NativeCall {

  private static final MethodHandle NONE = handle(0);
  private static final MethodHandle ONE = handle(1);
  private static final MethodHandle TWO = handle(2);
  private static final MethodHandle THREE = handle(3);
  private static final MethodHandle FOUR = handle(4);

  private NativeCall() {}

  private static MethodHandle handle(int arguments) {
    MemoryLayout[] layouts = Collections.nCopies(arguments, JAVA_LONG).toArray(MemoryLayout[]::new);
    return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(JAVA_LONG, layouts));
  }

  /** Calls code without arguments. */
  public static long call(long address) {
    try {
      return (long) NONE.invokeExact(MemorySegment.ofAddress(address));
    } catch (Throwable e) {
      throw notCalled(address, e);
    }
  }

  /** Calls code with one argument. */
  public static long call(long address, long first) {
    try {
      return (long) ONE.invokeExact(MemorySegment.ofAddress(address), first);
    } catch (Throwable e) {
      throw notCalled(address, e);
    }
  }

  /** Calls code with two arguments. */
  public static long call(long address, long first, long second) {
    try {
      return (long) TWO.invokeExact(MemorySegment.ofAddress(address), first, second);
    } catch (Throwable e) {
      throw notCalled(address, e);
    }
  }

  /** Calls code with three arguments. */
  public static long call(long address, long first, long second, long third) {
    try {
      return (long) THREE.invokeExact(MemorySegment.ofAddress(address), first, second, third);
    } catch (Throwable e) {
      throw notCalled(address, e);
    }
  }

  /** Calls code with four arguments. */
  public static long call(long address, long first, long second, long third, long fourth) {
    try {
      return (long)
          FOUR.invokeExact(MemorySegment.ofAddress(address), first, second, third, fourth);
    } catch (Throwable e) {
      throw notCalled(address, e);
    }
  }

  /** Machine code throws nothing: the call was not made. */
  private static IllegalStateException notCalled(long address, Throwable cause) {
    return new IllegalStateException("address=0x%x was not called".formatted(address), cause);
  }
}

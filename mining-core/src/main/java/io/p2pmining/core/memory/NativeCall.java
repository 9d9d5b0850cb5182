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
 * none). A call costs about 8 ns. Called by an address, it makes an object for the address, until
 * the caller is compiled and well inlined; by a segment that begins there, it never allocates.
 * Garbage collections go on during a call, however long it takes. Any thread may call.
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
    return call(MemorySegment.ofAddress(address));
  }

  /** Calls code with one argument. */
  public static long call(long address, long first) {
    return call(MemorySegment.ofAddress(address), first);
  }

  /** Calls code with two arguments. */
  public static long call(long address, long first, long second) {
    return call(MemorySegment.ofAddress(address), first, second);
  }

  /** Calls code with three arguments. */
  public static long call(long address, long first, long second, long third) {
    return call(MemorySegment.ofAddress(address), first, second, third);
  }

  /** Calls code with four arguments. */
  public static long call(long address, long first, long second, long third, long fourth) {
    return call(MemorySegment.ofAddress(address), first, second, third, fourth);
  }

  /** Calls code without arguments, from a segment that is kept. */
  public static long call(MemorySegment code) {
    try {
      return (long) NONE.invokeExact(code);
    } catch (Throwable e) {
      throw notCalled(code, e);
    }
  }

  /** Calls code with one argument, from a segment that is kept. */
  public static long call(MemorySegment code, long first) {
    try {
      return (long) ONE.invokeExact(code, first);
    } catch (Throwable e) {
      throw notCalled(code, e);
    }
  }

  /** Calls code with two arguments, from a segment that is kept. */
  public static long call(MemorySegment code, long first, long second) {
    try {
      return (long) TWO.invokeExact(code, first, second);
    } catch (Throwable e) {
      throw notCalled(code, e);
    }
  }

  /** Calls code with three arguments, from a segment that is kept. */
  public static long call(MemorySegment code, long first, long second, long third) {
    try {
      return (long) THREE.invokeExact(code, first, second, third);
    } catch (Throwable e) {
      throw notCalled(code, e);
    }
  }

  /** Calls code with four arguments, from a segment that is kept. */
  public static long call(MemorySegment code, long first, long second, long third, long fourth) {
    try {
      return (long) FOUR.invokeExact(code, first, second, third, fourth);
    } catch (Throwable e) {
      throw notCalled(code, e);
    }
  }

  /** Machine code throws nothing: the call was not made. */
  private static IllegalStateException notCalled(MemorySegment code, Throwable cause) {
    return new IllegalStateException(
        "address=0x%x was not called".formatted(code.address()), cause);
  }
}

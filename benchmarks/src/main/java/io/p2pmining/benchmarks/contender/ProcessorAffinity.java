package io.p2pmining.benchmarks.contender;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Keeps threads on processors, so that they do not move between caches. Linux alone. */
public final class ProcessorAffinity {

  private static final int CALLING_THREAD = 0;

  /** The kernel takes masks of any length; 1024 processors are what the C library's type holds. */
  private static final int MASK_BYTES = 128;

  private ProcessorAffinity() {}

  /**
   * Lets the calling thread run on one processor only, numbered modulo those there are. Does
   * nothing on other systems.
   *
   * @throws ContenderException if the system refuses it, as it does outside of the processors that
   *     this process may use
   */
  public static void pinCallingThread(int number) {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return;
    }
    int processor = number % Runtime.getRuntime().availableProcessors();
    if (setAffinity(processor) != 0) {
      throw new ContenderException("cannot keep a thread on processor " + processor);
    }
  }

  private static int setAffinity(int processor) {
    Linker linker = Linker.nativeLinker();
    MemorySegment function = linker.defaultLookup().findOrThrow("sched_setaffinity");
    MethodHandle setAffinity =
        linker.downcallHandle(
            function,
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
      mask.set(ValueLayout.JAVA_BYTE, processor / Byte.SIZE, (byte) (1 << processor % Byte.SIZE));
      return (int) setAffinity.invokeExact(CALLING_THREAD, mask.byteSize(), mask);
    } catch (Throwable e) {
      throw new IllegalStateException("sched_setaffinity failed", e);
    }
  }
}

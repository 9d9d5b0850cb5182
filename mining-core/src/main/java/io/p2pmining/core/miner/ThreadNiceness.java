package io.p2pmining.core.miner;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Lowers the priority of the calling thread. On Linux a thread has a nice value of its own, which
 * {@code setpriority(PRIO_PROCESS, 0, …)} sets; Java's thread priorities have no effect there.
 * Elsewhere nothing is changed.
 */
final class ThreadNiceness {

  private static final int PRIO_PROCESS = 0;
  private static final int CALLING_THREAD = 0;

  private ThreadNiceness() {}

  /** Sets the calling thread's nice value; false if that is not possible here. */
  static boolean apply(int niceness) {
    if (niceness == 0) {
      return true;
    }
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return false;
    }
    try {
      Linker linker = Linker.nativeLinker();
      MemorySegment address = linker.defaultLookup().find("setpriority").orElseThrow();
      MethodHandle setpriority =
          linker.downcallHandle(
              address,
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT));
      return (int) setpriority.invokeExact(PRIO_PROCESS, CALLING_THREAD, niceness) == 0;
    } catch (Throwable e) {
      System.getLogger(ThreadNiceness.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot lower the priority of mining threads", e);
      return false;
    }
  }
}

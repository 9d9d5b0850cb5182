package io.p2pmining.core.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides on which hardware threads the calling thread runs. Works on Linux alone; elsewhere the
 * answer is no. A virtual thread would move the thread that carries it: call from platform threads.
 */
public final class ThreadAffinity {

  private static final Path OWN_STATUS = Path.of("/proc/self/status");
  private static final Pattern ALLOWED = Pattern.compile("Cpus_allowed_list:\\s*([0-9,-]{1,9999})");

  /** Enough for 8192 processors, the most that any kernel is built for. */
  private static final int MASK_BYTES = 1024;

  private static final int CALLING_THREAD = 0;

  private ThreadAffinity() {}

  /**
   * Lets the calling thread run on the given hardware threads alone, as far as the process may.
   *
   * @return false if it may run on none of them, or this is not possible here; nothing is changed
   *     then
   */
  public static boolean pin(CpuSet cpus) {
    CpuSet wanted = allowed().map(cpus::and).orElse(cpus);
    if (wanted.isEmpty() || !onLinux()) {
      return false;
    }
    byte[] bytes = Arrays.copyOf(wanted.toMask(), MASK_BYTES);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocateFrom(JAVA_BYTE, bytes);
      return (int) Calls.SET.invokeExact(CALLING_THREAD, (long) MASK_BYTES, mask) == 0;
    } catch (Throwable e) {
      logImpossible(e);
      return false;
    }
  }

  /**
   * Lets the calling thread run on one hardware thread, or wherever the process may.
   *
   * @param cpu its number; empty for any
   * @return false if that is not possible here; nothing is changed then
   */
  public static boolean place(OptionalInt cpu) {
    return cpu.isPresent()
        ? pin(CpuSet.of(cpu.getAsInt()))
        : allowed().map(ThreadAffinity::pin).orElse(false);
  }

  /** Where the calling thread may run; empty if unknown. */
  public static Optional<CpuSet> ofCallingThread() {
    if (!onLinux()) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
      boolean known = (int) Calls.GET.invokeExact(CALLING_THREAD, (long) MASK_BYTES, mask) == 0;
      return known ? Optional.of(CpuSet.ofMask(mask.toArray(JAVA_BYTE))) : Optional.empty();
    } catch (Throwable e) {
      logImpossible(e);
      return Optional.empty();
    }
  }

  /**
   * Where this process may run, by its container or whoever started it; empty if unknown. Not
   * changed by what its threads are pinned to.
   */
  public static Optional<CpuSet> allowed() {
    return allowed(OWN_STATUS);
  }

  /** Reads a file like {@code /proc/self/status}, which tells of the process's first thread. */
  static Optional<CpuSet> allowed(Path status) {
    Matcher allowed = ALLOWED.matcher(SystemFile.text(status).orElse(""));
    return allowed.find() ? Optional.of(CpuSet.parse(allowed.group(1))) : Optional.empty();
  }

  private static boolean onLinux() {
    return System.getProperty("os.name", "").equals("Linux");
  }

  /** Such as where native calls are forbidden. */
  private static void logImpossible(Throwable cause) {
    System.getLogger(ThreadAffinity.class.getName())
        .log(System.Logger.Level.DEBUG, "threads cannot be pinned", cause);
  }

  /** Linked when first needed, so that other systems are not asked for what they have not. */
  private static final class Calls {

    static final MethodHandle SET = handle("sched_setaffinity");
    static final MethodHandle GET = handle("sched_getaffinity");

    private static MethodHandle handle(String name) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow(name),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
    }
  }
}

package io.p2pmining.core.randomx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.SplittableRandom;

/**
 * A dataset of random items that repeat: the address range of a whole dataset over little memory,
 * which is mapped again and again. Never freed; made once for all tests. Any thread may read it.
 */
public final class PatternDataset implements DatasetItems {

  private static final int WORDS = CacheParameters.ITEM_BYTES / Long.BYTES;
  private static final int PATTERN_ITEMS = 1 << 15;
  private static final long PATTERN_BYTES = (long) PATTERN_ITEMS * CacheParameters.ITEM_BYTES;

  private static final int READ = 1;
  private static final int READ_WRITE = 3;
  private static final int SHARED = 1;
  private static final int PRIVATE_ANONYMOUS_NORESERVE = 0x4022;
  private static final int SHARED_FIXED = 0x11;

  private final long address;
  private final MemorySegment pattern;

  /** The one that all tests share. */
  public static PatternDataset shared() {
    return Shared.DATASET;
  }

  /** Made when it is first needed. */
  private static final class Shared {
    static final PatternDataset DATASET = new PatternDataset(0x0ddba11L);
  }

  private PatternDataset(long randomSeed) {
    Linker linker = Linker.nativeLinker();
    MethodHandle memfdCreate =
        handle(linker, "memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    MethodHandle truncate =
        handle(linker, "ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    MethodHandle map =
        handle(
            linker,
            "mmap",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    try (Arena arena = Arena.ofConfined()) {
      int file = (int) memfdCreate.invokeExact(arena.allocateFrom("pattern"), 0);
      int resized = (int) truncate.invokeExact(file, PATTERN_BYTES);
      long base = (long) map.invokeExact(0L, PATTERN_BYTES, READ_WRITE, SHARED, file, 0L);
      long bytes = (RandomXDataset.BYTES + PATTERN_BYTES - 1) / PATTERN_BYTES * PATTERN_BYTES;
      address = (long) map.invokeExact(0L, bytes, READ, PRIVATE_ANONYMOUS_NORESERVE, -1, 0L);
      if (file < 0 || resized != 0 || base == -1 || address == -1) {
        throw new IllegalStateException("file=%d, base=%d".formatted(file, base));
      }
      for (long offset = 0; offset < bytes; offset += PATTERN_BYTES) {
        long at =
            (long) map.invokeExact(address + offset, PATTERN_BYTES, READ, SHARED_FIXED, file, 0L);
        if (at != address + offset) {
          throw new IllegalStateException("not mapped: offset=" + offset);
        }
      }
      pattern = MemorySegment.ofAddress(base).reinterpret(PATTERN_BYTES);
    } catch (Throwable e) {
      throw new IllegalStateException("no memory for a dataset that repeats", e);
    }
    SplittableRandom random = new SplittableRandom(randomSeed);
    for (int i = 0; i < PATTERN_ITEMS * WORDS; i++) {
      pattern.setAtIndex(JAVA_LONG, i, random.nextLong());
    }
  }

  private static MethodHandle handle(Linker linker, String name, FunctionDescriptor descriptor) {
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
  }

  /** The address of item 0. */
  public long address() {
    return address;
  }

  @Override
  public void xorInto(int item, long[] registers) {
    if (item < 0 || item >= CacheParameters.DATASET_ITEMS) {
      throw new AssertionError("item=" + item);
    }
    for (int i = 0; i < WORDS; i++) {
      registers[i] ^= pattern.getAtIndex(JAVA_LONG, (long) (item % PATTERN_ITEMS) * WORDS + i);
    }
  }
}

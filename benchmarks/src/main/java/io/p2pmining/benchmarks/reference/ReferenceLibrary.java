package io.p2pmining.benchmarks.reference;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.p2pmining.benchmarks.contender.ContenderException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Set;

/**
 * The functions of librandomx that the comparison calls (randomx.h). Stays loaded until the process
 * ends. Safe for use by any thread; what it returns is freed by the caller.
 */
final class ReferenceLibrary {

  /** The default environment of floating point (fenv.h, FE_DFL_ENV). */
  private static final MemorySegment DEFAULT_ENVIRONMENT = MemorySegment.ofAddress(-1);

  private final SymbolLookup symbols;
  private final MethodHandle getFlags;
  private final MethodHandle allocCache;
  private final MethodHandle initCache;
  private final MethodHandle releaseCache;
  private final MethodHandle allocDataset;
  private final MethodHandle datasetItemCount;
  private final MethodHandle initDataset;
  private final MethodHandle releaseDataset;
  private final MethodHandle createVm;
  private final MethodHandle destroyVm;
  private final MethodHandle calculateFirst;
  private final MethodHandle calculateNext;
  private final MethodHandle calculateLast;
  private final MethodHandle setEnvironment;

  private ReferenceLibrary(SymbolLookup symbols) {
    this.symbols = symbols;
    getFlags = function("randomx_get_flags", JAVA_INT);
    allocCache = function("randomx_alloc_cache", ADDRESS, JAVA_INT);
    initCache = procedure("randomx_init_cache", ADDRESS, ADDRESS, JAVA_LONG);
    releaseCache = procedure("randomx_release_cache", ADDRESS);
    allocDataset = function("randomx_alloc_dataset", ADDRESS, JAVA_INT);
    datasetItemCount = function("randomx_dataset_item_count", JAVA_LONG);
    initDataset = procedure("randomx_init_dataset", ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG);
    releaseDataset = procedure("randomx_release_dataset", ADDRESS);
    createVm = function("randomx_create_vm", ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    destroyVm = procedure("randomx_destroy_vm", ADDRESS);
    calculateFirst = procedure("randomx_calculate_hash_first", ADDRESS, ADDRESS, JAVA_LONG);
    calculateNext = procedure("randomx_calculate_hash_next", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    calculateLast = procedure("randomx_calculate_hash_last", ADDRESS, ADDRESS);
    setEnvironment =
        bind(mathematics().findOrThrow("fesetenv"), FunctionDescriptor.of(JAVA_INT, ADDRESS));
  }

  private static SymbolLookup mathematics() {
    return SymbolLookup.libraryLookup("libm.so.6", Arena.global());
  }

  /**
   * Loads the library.
   *
   * @param name a file's path, or a name that the dynamic linker finds
   */
  static ReferenceLibrary load(String name) {
    try {
      return new ReferenceLibrary(SymbolLookup.libraryLookup(name, Arena.global()));
    } catch (IllegalArgumentException e) {
      throw new MissingReferenceException(name, e);
    }
  }

  /** What this machine supports and the reference recommends. */
  Set<ReferenceFlag> recommendedFlags() {
    return ReferenceFlag.of((int) call(getFlags));
  }

  MemorySegment allocCache(Set<ReferenceFlag> flags) {
    return present((MemorySegment) call(allocCache, ReferenceFlag.bits(flags)), "a cache");
  }

  void initCache(MemorySegment cache, byte[] key) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(Math.max(1, key.length));
      MemorySegment.copy(MemorySegment.ofArray(key), 0, copy, 0, key.length);
      call(initCache, cache, copy, (long) key.length);
    }
  }

  void releaseCache(MemorySegment cache) {
    call(releaseCache, cache);
  }

  MemorySegment allocDataset(Set<ReferenceFlag> flags) {
    return present((MemorySegment) call(allocDataset, ReferenceFlag.bits(flags)), "a dataset");
  }

  long datasetItemCount() {
    return (long) call(datasetItemCount);
  }

  void initDataset(MemorySegment dataset, MemorySegment cache, long firstItem, long itemCount) {
    call(initDataset, dataset, cache, firstItem, itemCount);
  }

  void releaseDataset(MemorySegment dataset) {
    call(releaseDataset, dataset);
  }

  MemorySegment createVm(Set<ReferenceFlag> flags, MemorySegment cache, MemorySegment dataset) {
    int bits = ReferenceFlag.bits(flags);
    return present((MemorySegment) call(createVm, bits, cache, dataset), "a machine");
  }

  void destroyVm(MemorySegment vm) {
    call(destroyVm, vm);
  }

  /** Begins a hash; changes the calling thread's rounding, see {@link #restoreFloatingPoint}. */
  void calculateFirst(MemorySegment vm, MemorySegment input, long length) {
    try {
      calculateFirst.invokeExact(vm, input, length);
    } catch (Throwable e) {
      throw new IllegalStateException("randomx_calculate_hash_first failed", e);
    }
  }

  /** Completes a hash and begins the next. */
  void calculateNext(MemorySegment vm, MemorySegment input, long length, MemorySegment hash) {
    try {
      calculateNext.invokeExact(vm, input, length, hash);
    } catch (Throwable e) {
      throw new IllegalStateException("randomx_calculate_hash_next failed", e);
    }
  }

  /** Completes a hash. */
  void calculateLast(MemorySegment vm, MemorySegment hash) {
    try {
      calculateLast.invokeExact(vm, hash);
    } catch (Throwable e) {
      throw new IllegalStateException("randomx_calculate_hash_last failed", e);
    }
  }

  /** Gives the calling thread the rounding back that Java relies on. */
  void restoreFloatingPoint() {
    call(setEnvironment, DEFAULT_ENVIRONMENT);
  }

  private static Object call(MethodHandle function, Object... arguments) {
    try {
      return function.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("a call of librandomx failed", e);
    }
  }

  private static MemorySegment present(MemorySegment result, String what) {
    if (result.equals(MemorySegment.NULL)) {
      throw new ContenderException(
          "librandomx cannot allocate "
              + what
              + ": there is too little memory, or with 2m pages vm.nr_hugepages is too low");
    }
    return result;
  }

  private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return bind(symbols.findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  private MethodHandle procedure(String name, MemoryLayout... arguments) {
    return bind(symbols.findOrThrow(name), FunctionDescriptor.ofVoid(arguments));
  }

  private static MethodHandle bind(MemorySegment symbol, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(symbol, descriptor);
  }
}

package io.p2pmining.benchmarks.reference;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

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

  /** The name that the dynamic linker looks for. */
  static final String DEFAULT_NAME = "librandomx.so";

  private final SymbolLookup symbols;
  private final MethodHandle getFlags;
  private final MethodHandle allocCache;
  private final MethodHandle initCache;
  private final MethodHandle releaseCache;
  private final MethodHandle createVm;
  private final MethodHandle destroyVm;
  private final MethodHandle calculateHash;

  private ReferenceLibrary(SymbolLookup symbols) {
    this.symbols = symbols;
    getFlags = function("randomx_get_flags", JAVA_INT);
    allocCache = function("randomx_alloc_cache", ADDRESS, JAVA_INT);
    initCache = procedure("randomx_init_cache", ADDRESS, ADDRESS, JAVA_LONG);
    releaseCache = procedure("randomx_release_cache", ADDRESS);
    createVm = function("randomx_create_vm", ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    destroyVm = procedure("randomx_destroy_vm", ADDRESS);
    calculateHash = procedure("randomx_calculate_hash", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
  }

  /**
   * Loads the library.
   *
   * @param name a file's path, or a name that the dynamic linker finds
   */
  static ReferenceLibrary load(String name) throws MissingReferenceException {
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

  MemorySegment createVm(Set<ReferenceFlag> flags, MemorySegment cache) {
    int bits = ReferenceFlag.bits(flags);
    return present((MemorySegment) call(createVm, bits, cache, MemorySegment.NULL), "a machine");
  }

  void destroyVm(MemorySegment vm) {
    call(destroyVm, vm);
  }

  void calculateHash(MemorySegment vm, MemorySegment input, long length, MemorySegment hash) {
    try {
      calculateHash.invokeExact(vm, input, length, hash);
    } catch (Throwable e) {
      throw new IllegalStateException("randomx_calculate_hash failed", e);
    }
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
      throw new IllegalStateException("librandomx cannot allocate " + what + " with these flags");
    }
    return result;
  }

  private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.of(result, arguments));
  }

  private MethodHandle procedure(String name, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.ofVoid(arguments));
  }

  private MethodHandle bind(String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), descriptor);
  }
}

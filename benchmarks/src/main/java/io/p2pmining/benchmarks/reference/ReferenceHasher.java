package io.p2pmining.benchmarks.reference;

import io.p2pmining.core.pow.Hasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;

/** A machine of the reference implementation in light mode, with a cache of its own. */
final class ReferenceHasher implements Hasher {

  private static final int MAX_INPUT_LENGTH = 4096;

  private final ReferenceLibrary library;
  private final MemorySegment cache;
  private final MemorySegment vm;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment inputCopy = arena.allocate(MAX_INPUT_LENGTH);
  private final MemorySegment hashCopy = arena.allocate(HASH_LENGTH);

  ReferenceHasher(ReferenceLibrary library, Set<ReferenceFlag> flags, byte[] key) {
    this.library = library;
    cache = library.allocCache(flags);
    library.initCache(cache, key);
    vm = library.createVm(flags, cache);
  }

  @Override
  public void hash(byte[] input, int length, byte[] hash) {
    MemorySegment.copy(input, 0, inputCopy, ValueLayout.JAVA_BYTE, 0, length);
    library.calculateHash(vm, inputCopy, length, hashCopy);
    MemorySegment.copy(hashCopy, ValueLayout.JAVA_BYTE, 0, hash, 0, HASH_LENGTH);
  }

  @Override
  public void close() {
    library.destroyVm(vm);
    library.releaseCache(cache);
    arena.close();
  }
}

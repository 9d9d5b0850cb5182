package io.p2pmining.benchmarks.reference;

import io.p2pmining.benchmarks.contender.Blob;
import io.p2pmining.benchmarks.contender.HashLoop;
import io.p2pmining.core.pow.Hasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A machine of the reference implementation on one thread. Between the calls of a run the thread's
 * floating point rounds as the last program left it, so nothing is computed there but integers.
 */
final class ReferenceLoop implements HashLoop {

  private static final int MAX_INPUT_LENGTH = 4096;

  private final ReferenceLibrary library;
  private final MemorySegment vm;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment inputCopy = arena.allocate(MAX_INPUT_LENGTH);
  private final MemorySegment hashCopy = arena.allocate(Hasher.HASH_LENGTH);

  ReferenceLoop(ReferenceLibrary library, ReferenceMemory memory) {
    this.library = library;
    vm = memory.newMachine();
  }

  @Override
  public long hashFor(long nanos, int firstNonce) {
    byte[] blob = Blob.withNonce(firstNonce);
    int nonce = firstNonce;
    long completed = 0;
    long begin = System.nanoTime();
    copy(blob);
    library.calculateFirst(vm, inputCopy, Blob.LENGTH);
    while (System.nanoTime() - begin < nanos) {
      Blob.setNonce(blob, ++nonce);
      copy(blob);
      library.calculateNext(vm, inputCopy, Blob.LENGTH, hashCopy);
      completed++;
    }
    library.calculateLast(vm, hashCopy);
    library.restoreFloatingPoint();
    return completed + 1;
  }

  @Override
  public byte[] hash(byte[] input) {
    copy(input);
    library.calculateFirst(vm, inputCopy, input.length);
    library.calculateLast(vm, hashCopy);
    library.restoreFloatingPoint();
    return hashCopy.toArray(ValueLayout.JAVA_BYTE);
  }

  private void copy(byte[] input) {
    MemorySegment.copy(input, 0, inputCopy, ValueLayout.JAVA_BYTE, 0, input.length);
  }

  @Override
  public void close() {
    library.destroyVm(vm);
    arena.close();
  }
}

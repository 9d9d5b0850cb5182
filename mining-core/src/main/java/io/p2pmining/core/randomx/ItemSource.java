package io.p2pmining.core.randomx;

import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.memory.CodeMemoryException;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.randomx.itemcode.ItemCode;
import io.p2pmining.core.randomx.itemcode.ItemCodeKind;
import java.util.List;

/** What computes dataset items from a cache. Safe for use by any thread until it is closed. */
sealed interface ItemSource extends AutoCloseable {

  /** Computes for one thread. */
  ItemRanges forThread();

  @Override
  void close();

  /**
   * What the settings ask for and this machine has.
   *
   * @param cache stays open as long as the source is used
   * @throws IllegalStateException if the compiler is required and there is none for this processor
   * @throws CodeMemoryException if the compiler is required and this system gives no memory for
   *     code
   */
  static ItemSource of(RandomXCache cache, EngineSettings settings) {
    if (settings.compiler() == CompilerPolicy.OFF) {
      return new Interpreted(cache);
    }
    List<ItemCodeKind> kinds =
        ItemCodeKind.candidatesOn(CpuFeatures.detect().limitedBy(settings.instructions()));
    boolean required = settings.compiler() == CompilerPolicy.REQUIRED;
    if (kinds.isEmpty()) {
      if (required) {
        throw new IllegalStateException(
            "the compiler is required, but there is none for this processor (%s)"
                .formatted(System.getProperty("os.arch")));
      }
      return new Interpreted(cache);
    }
    try {
      return new Compiled(cache, ItemCode.fastest(cache.programs(), kinds, cache.address()));
    } catch (CodeMemoryException e) {
      if (required) {
        throw e;
      }
      System.getLogger(ItemSource.class.getName())
          .log(System.Logger.Level.WARNING, "computing the dataset in Java: " + e.getMessage());
      return new Interpreted(cache);
    }
  }

  /** Java. */
  record Interpreted(RandomXCache cache) implements ItemSource {

    @Override
    public ItemRanges forThread() {
      return new InterpretedRanges(cache);
    }

    @Override
    public void close() {}
  }

  /** Machine code. */
  record Compiled(RandomXCache cache, ItemCode code) implements ItemSource {

    @Override
    public ItemRanges forThread() {
      return (firstItem, target) -> code.compute(cache.address(), firstItem, target);
    }

    @Override
    public void close() {
      code.close();
    }
  }
}

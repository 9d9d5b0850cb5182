package io.p2pmining.core.randomx;

import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.randomx.itemcode.ItemCode;
import io.p2pmining.core.randomx.itemcode.ItemCodeKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
   * @throws io.p2pmining.core.memory.CodeMemoryException if the compiler is required and this
   *     system gives no memory for code
   */
  static ItemSource of(RandomXCache cache, EngineSettings settings) {
    List<ItemCodeKind> kinds =
        ItemCodeKind.candidatesOn(CpuFeatures.detect().limitedBy(settings.instructions()));
    Optional<Supplier<ItemCode>> generator =
        kinds.isEmpty()
            ? Optional.empty()
            : Optional.of(() -> ItemCode.fastest(cache.programs(), kinds, cache.address()));
    return GeneratedCode.generate(settings, "the dataset", generator)
        .<ItemSource>map(code -> new Compiled(cache, code))
        .orElseGet(() -> new Interpreted(cache));
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

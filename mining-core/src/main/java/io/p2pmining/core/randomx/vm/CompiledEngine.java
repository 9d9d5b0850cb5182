package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.cpu.ShadowStack;
import io.p2pmining.core.crypto.compiled.AesCode;
import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.PipelineShape;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.randomx.RandomXCache;
import io.p2pmining.core.randomx.RandomXDataset;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVersion;
import io.p2pmining.core.randomx.SeedMemory;
import io.p2pmining.core.randomx.compiler.CompilerTarget;
import io.p2pmining.core.randomx.compiler.DatasetAccess;
import io.p2pmining.core.randomx.compiler.ProgramCompiler;
import io.p2pmining.core.randomx.itemcode.LookaheadItemCode;
import io.p2pmining.core.x86.Assembler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Machines in generated machine code, for x86-64. */
final class CompiledEngine implements RandomXEngine {

  private final RandomXParameters parameters;
  private final CompilerTarget target;
  private final Items items;
  private final Map<CompilerTarget, ProgramCompiler> compilers = new ConcurrentHashMap<>();
  private final AesCode aes;
  private final int bestLanes;
  private final PrefetchMode prefetch;
  private final PagePolicy pages;

  private CompiledEngine(
      RandomXParameters parameters,
      CompilerTarget target,
      Items items,
      AesCode aes,
      int bestLanes,
      PrefetchMode prefetch,
      PagePolicy pages) {
    this.parameters = parameters;
    this.target = target;
    this.items = items;
    this.aes = aes;
    this.bestLanes = bestLanes;
    this.prefetch = prefetch;
    this.pages = pages;
  }

  /**
   * An engine for one seed.
   *
   * @throws io.p2pmining.core.memory.CodeMemoryException if this system gives no memory for code
   */
  static CompiledEngine create(
      RandomXParameters parameters,
      SeedMemory memory,
      EngineSettings settings,
      CompilerTarget target) {
    Items items = Items.of(memory, target, parameters.version());
    boolean complete = false;
    try {
      PrefetchMode prefetch = prefetch(settings.prefetch(), items.access);
      int lanes =
          settings.lanes() == EngineSettings.AUTO_LANES
              ? defaultLanes(parameters.version(), prefetch)
              : settings.lanes();
      AesCode aes = AesCode.generate(target.aesKind(), parameters.programGenerator());
      complete = true;
      return new CompiledEngine(parameters, target, items, aes, lanes, prefetch, settings.pages());
    } finally {
      if (!complete) {
        items.close();
      }
    }
  }

  /** Where items come from, and the code that computes them, if it takes some. */
  private record Items(DatasetAccess access, @Nullable ExecutableMemory code)
      implements AutoCloseable {

    static Items of(SeedMemory memory, CompilerTarget target, RandomXVersion version) {
      return switch (memory) {
        case SeedMemory.Full(RandomXDataset dataset) ->
            new Items(new DatasetAccess.Stored(dataset.address(), DatasetAccess.WHOLE), null);
        case SeedMemory.Light(RandomXCache cache) -> computed(cache, target, version);
      };
    }

    private static Items computed(
        RandomXCache cache, CompilerTarget target, RandomXVersion version) {
      Assembler asm = new Assembler();
      new LookaheadItemCode(cache.programs(), version.announcedItems(), target.bmi2()).emit(asm);
      ExecutableMemory code = ExecutableMemory.holding(asm.toByteArray(), "RandomX dataset items");
      return new Items(new DatasetAccess.Computed(cache.address(), code.entry(0)), code);
    }

    @Override
    public void close() {
      if (code != null) {
        code.close();
      }
    }
  }

  /**
   * In virtual machines the host has page tables of its own, most often of small pages, so that
   * those of a dataset do not fit the cache. Items that are computed need no translation.
   */
  private static PrefetchMode prefetch(PrefetchMode wanted, DatasetAccess access) {
    return switch (access) {
      case DatasetAccess.Computed computed -> PrefetchMode.AUTO;
      case DatasetAccess.Stored stored -> {
        if (ShadowStack.isActive()) {
          yield PrefetchMode.AT_ONCE;
        }
        if (wanted == PrefetchMode.AUTO) {
          boolean virtualized = CpuFeatures.detect().virtualized();
          yield virtualized ? PrefetchMode.WALK_FIRST : PrefetchMode.AT_ONCE;
        }
        yield wanted;
      }
    };
  }

  /**
   * Interleaving hides the latency of dataset reads. Version 2 keeps two reads in flight by itself,
   * which suffices unless translating their addresses takes long, too; and in light mode there is
   * nothing to hide.
   */
  private static int defaultLanes(RandomXVersion version, PrefetchMode prefetch) {
    return switch (prefetch) {
      case AUTO -> 1;
      case AT_ONCE -> version == RandomXVersion.V1 ? 2 : 1;
      case WALK_FIRST -> 2;
    };
  }

  @Override
  public String name() {
    return "compiler";
  }

  @Override
  public String instructions() {
    return target.limit().label();
  }

  @Override
  public boolean compiles() {
    return true;
  }

  @Override
  public int bestLanes() {
    return bestLanes;
  }

  @Override
  public PrefetchMode prefetch() {
    return prefetch;
  }

  @Override
  public RandomXVm newVm(PipelineShape shape) {
    int lanes = shape.lanes() == EngineSettings.AUTO_LANES ? bestLanes : shape.lanes();
    PrefetchMode way =
        shape.prefetch() == PrefetchMode.AUTO ? prefetch : prefetch(shape.prefetch(), items.access);
    PagePolicy policy =
        shape.scratchpadPages() == PagePolicy.AUTO ? pages : shape.scratchpadPages();
    return new CompiledVm(parameters, compilerFor(lanes), aes, lanes, way, policy);
  }

  /** Made when it is first needed; at most one for each way in which lanes are compiled. */
  private ProgramCompiler compilerFor(int lanes) {
    return compilers.computeIfAbsent(
        target.forPrograms(parameters.version(), lanes),
        forLanes -> new ProgramCompiler(parameters, forLanes, items.access));
  }

  @Override
  public void close() {
    try (items) {
      aes.close();
    }
  }
}

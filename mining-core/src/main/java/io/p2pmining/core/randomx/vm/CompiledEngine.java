package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.crypto.compiled.AesCode;
import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.EngineSettings;
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
  private final PagePolicy pages;

  private CompiledEngine(
      RandomXParameters parameters,
      CompilerTarget target,
      Items items,
      AesCode aes,
      int bestLanes,
      PagePolicy pages) {
    this.parameters = parameters;
    this.target = target;
    this.items = items;
    this.aes = aes;
    this.bestLanes = bestLanes;
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
      int lanes =
          settings.lanes() == EngineSettings.AUTO_LANES
              ? defaultLanes(parameters, items.access)
              : settings.lanes();
      AesCode aes = AesCode.generate(target.aesKind(), parameters.programGenerator());
      complete = true;
      return new CompiledEngine(parameters, target, items, aes, lanes, settings.pages());
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
      new LookaheadItemCode(cache.programs(), announcedItems(version), target.bmi2()).emit(asm);
      ExecutableMemory code = ExecutableMemory.holding(asm.toByteArray(), "RandomX dataset items");
      return new Items(new DatasetAccess.Computed(cache.address(), code.entry(0)), code);
    }

    /** How many items a program announces ahead of the one that it reads. */
    private static int announcedItems(RandomXVersion version) {
      return switch (version) {
        case V1 -> 1;
        case V2 -> 2;
      };
    }

    @Override
    public void close() {
      if (code != null) {
        code.close();
      }
    }
  }

  /**
   * Interleaving hides the latency of dataset reads. Version 2 keeps two reads in flight by itself,
   * and in light mode there is nothing to hide.
   */
  private static int defaultLanes(RandomXParameters parameters, DatasetAccess access) {
    return switch (access) {
      case DatasetAccess.Stored stored -> parameters.version() == RandomXVersion.V1 ? 2 : 1;
      case DatasetAccess.Computed computed -> 1;
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
  public RandomXVm newVm(int lanes, PagePolicy scratchpadPages) {
    PagePolicy policy = scratchpadPages == PagePolicy.AUTO ? pages : scratchpadPages;
    return new CompiledVm(parameters, compilerFor(lanes), aes, lanes, policy);
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

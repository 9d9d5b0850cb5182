package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.crypto.compiled.AesCode;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVersion;
import io.p2pmining.core.randomx.SeedMemory;
import io.p2pmining.core.randomx.compiler.CompilerTarget;
import io.p2pmining.core.randomx.compiler.DatasetAccess;
import io.p2pmining.core.randomx.compiler.ProgramCompiler;

/** Machines in generated machine code, for x86-64. */
final class CompiledEngine implements RandomXEngine {

  private final RandomXParameters parameters;
  private final ProgramCompiler compiler;
  private final AesCode aes;
  private final int bestLanes;
  private final PagePolicy pages;

  private CompiledEngine(
      RandomXParameters parameters,
      ProgramCompiler compiler,
      AesCode aes,
      int bestLanes,
      PagePolicy pages) {
    this.parameters = parameters;
    this.compiler = compiler;
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
    DatasetAccess access = memory.access();
    int lanes =
        settings.lanes() == EngineSettings.AUTO_LANES
            ? defaultLanes(parameters, access)
            : settings.lanes();
    AesCode aes = AesCode.generate(target.aesKind(), parameters.programGenerator());
    boolean complete = false;
    try {
      ProgramCompiler compiler = new ProgramCompiler(parameters, target, access);
      CompiledEngine engine =
          new CompiledEngine(parameters, compiler, aes, lanes, settings.pages());
      complete = true;
      return engine;
    } finally {
      if (!complete) {
        aes.close();
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
  public int bestLanes() {
    return bestLanes;
  }

  @Override
  public RandomXVm newVm(int lanes) {
    return new CompiledVm(parameters, compiler, aes, lanes, pages);
  }

  @Override
  public void close() {
    aes.close();
  }
}

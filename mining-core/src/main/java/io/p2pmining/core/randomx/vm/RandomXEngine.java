package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.memory.CodeMemoryException;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.PipelineShape;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.SeedMemory;
import io.p2pmining.core.randomx.compiler.CompilerTarget;
import java.util.Optional;

/**
 * What executes the programs of one seed. Safe for use by any thread; makes a machine for each. Its
 * owner closes every machine first.
 */
public sealed interface RandomXEngine extends AutoCloseable
    permits InterpretedEngine, CompiledEngine {

  /**
   * The engine that the settings ask for and this machine has.
   *
   * @param memory stays open as long as the engine is used
   * @throws IllegalStateException if the compiler is required and not to be had
   */
  static RandomXEngine create(
      RandomXParameters parameters, SeedMemory memory, EngineSettings settings) {
    if (settings.compiler() == CompilerPolicy.OFF) {
      return new InterpretedEngine(parameters, memory);
    }
    Optional<CompilerTarget> target = CompilerTarget.detect(settings.instructions());
    try {
      if (target.isPresent()) {
        return CompiledEngine.create(parameters, memory, settings, target.get());
      }
    } catch (CodeMemoryException e) {
      if (settings.compiler() == CompilerPolicy.REQUIRED) {
        throw e;
      }
      System.getLogger(RandomXEngine.class.getName())
          .log(System.Logger.Level.WARNING, "hashing by interpreter: " + e.getMessage());
      return new InterpretedEngine(parameters, memory);
    }
    if (settings.compiler() == CompilerPolicy.REQUIRED) {
      throw new IllegalStateException(
          "the compiler is required, but there is none for this processor (%s) or the system gives no memory for code; allow the interpreter with policy auto"
              .formatted(System.getProperty("os.arch")));
    }
    return new InterpretedEngine(parameters, memory);
  }

  /** Its name in reports: {@code interpreter} or {@code compiler}. */
  String name();

  /** Whether it generates machine code. */
  boolean compiles();

  /** What its code uses, as {@link io.p2pmining.core.pow.PreparedSeed#instructions()} says it. */
  String instructions();

  /** How many lanes a machine should have. */
  int bestLanes();

  /** How machines fetch items ahead; {@link PrefetchMode#AUTO} where there is nothing to choose. */
  PrefetchMode prefetch();

  /**
   * A new machine, for everything else as the engine finds best.
   *
   * @param lanes hashes side by side; an engine that cannot do it takes fewer
   * @throws io.p2pmining.core.memory.InsufficientMemoryException if there is no memory for it
   */
  default RandomXVm newVm(int lanes) {
    return newVm(PipelineShape.AUTO.withLanes(lanes));
  }

  /**
   * A new machine.
   *
   * @param shape how it is made, wherever the engine's tables lie; an engine that cannot have so
   *     many lanes takes fewer
   * @throws io.p2pmining.core.memory.InsufficientMemoryException if there is no memory for it
   */
  RandomXVm newVm(PipelineShape shape);

  @Override
  void close();
}

package io.p2pmining.benchmarks.engine;

import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.pow.PrefetchMode;
import picocli.CommandLine.Option;

/** The options of commands that choose how this project's engine computes. */
public final class EngineOptions {

  @Option(
      names = "--compiler",
      paramLabel = "auto|required|off",
      description = "Ours: generated machine code (auto).")
  private CompilerPolicy compiler = CompilerPolicy.AUTO;

  @Option(
      names = "--instructions",
      paramLabel = "auto|avx512|avx2|none|no_aes",
      description = "Ours: the newest extensions it may use (auto).")
  private InstructionLimit instructions = InstructionLimit.AUTO;

  @Option(
      names = "--lanes",
      paramLabel = "N",
      defaultValue = "0",
      description = "Ours: hashes side by side on a thread, 1 to 4; 0 leaves it to the engine.")
  private int lanes;

  @Option(
      names = "--prefetch",
      paramLabel = "auto|at_once|walk_first",
      description = "Ours: how dataset items are fetched ahead (auto).")
  private PrefetchMode prefetch = PrefetchMode.AUTO;

  /**
   * What was chosen, on any pages.
   *
   * @throws IllegalArgumentException if there cannot be so many lanes
   */
  public EngineSettings settings() {
    return EngineSettings.AUTO
        .withCompiler(compiler)
        .withInstructions(instructions)
        .withLanes(lanes)
        .withPrefetch(prefetch);
  }
}

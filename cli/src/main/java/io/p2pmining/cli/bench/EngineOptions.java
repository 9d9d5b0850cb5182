package io.p2pmining.cli.bench;

import io.p2pmining.cli.options.Engine;
import io.p2pmining.cli.options.Instructions;
import io.p2pmining.cli.options.Interleave;
import io.p2pmining.cli.options.Pages;
import io.p2pmining.cli.options.Prefetch;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.pow.PrefetchMode;
import picocli.CommandLine.Option;

/** The options that say how hashes are computed. */
final class EngineOptions {

  @Option(
      names = "--engine",
      paramLabel = "auto|compiler|interpreter",
      description = "What computes hashes (default: auto, the fastest there is).")
  private Engine engine = Engine.AUTO;

  @Option(
      names = "--interleave",
      paramLabel = "1..4|auto",
      converter = Interleave.class,
      description = "Hashes that a thread computes side by side (default: auto).")
  private int lanes = EngineSettings.AUTO_LANES;

  @Option(
      names = "--prefetch",
      paramLabel = "at-once|walk-first|auto",
      converter = Prefetch.class,
      description = {
        "How dataset items are fetched ahead: at once, or first the translation of their address,"
            + " which is faster in most virtual machines (default: auto)."
      })
  private PrefetchMode prefetch = PrefetchMode.AUTO;

  @Option(
      names = "--pages",
      paramLabel = "1g|2m|thp|4k|auto",
      converter = Pages.class,
      description = {
        "Memory pages under the large tables; what cannot be had becomes the next smaller"
            + " (default: auto, the largest there are)."
      })
  private PagePolicy pages = PagePolicy.AUTO;

  @Option(
      names = "--instructions",
      paramLabel = "avx512|avx2|none|no-aes|auto",
      converter = Instructions.class,
      description =
          "The newest extensions that machine code may use (default: auto, all there are).")
  private InstructionLimit instructions = InstructionLimit.AUTO;

  Engine engine() {
    return engine;
  }

  EngineSettings settings() {
    return new EngineSettings(engine.policy(), instructions, lanes, pages).withPrefetch(prefetch);
  }
}

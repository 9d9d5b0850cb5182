package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.crypto.compiled.AesCode;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.randomx.PatternDataset;
import io.p2pmining.core.randomx.RandomXCache;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.SeedMemory;
import io.p2pmining.core.randomx.compiler.CompilerTarget;
import io.p2pmining.core.randomx.compiler.DatasetAccess;
import io.p2pmining.core.randomx.compiler.ProgramCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** What machine code must do under some settings. */
abstract class CompiledVmContract extends RandomXVmContract {

  private static final List<InstructionLimit> LIMITS =
      List.of(
          InstructionLimit.AVX512,
          InstructionLimit.AVX2,
          InstructionLimit.NONE,
          InstructionLimit.NO_AES);

  private static final List<PagePolicy> PAGES =
      List.of(PagePolicy.GIGANTIC, PagePolicy.HUGE, PagePolicy.TRANSPARENT_HUGE, PagePolicy.SMALL);

  private final EngineSettings settings;
  private final List<AutoCloseable> opened = new ArrayList<>();

  CompiledVmContract(EngineSettings settings) {
    this.settings = settings;
  }

  /**
   * Every number of lanes under every limit of instructions on every kind of pages, in both ways to
   * fetch items ahead.
   */
  static Stream<EngineSettings> everyCombination() {
    return combinations().map(CompiledVmContract::settings);
  }

  /**
   * A choice in which every two of lanes, limit and pages come together once, and each of them with
   * both ways to fetch: a Latin square, as the exclusive or of two numbers of two bits is a third
   * one.
   */
  static Stream<EngineSettings> everyPair() {
    return combinations()
        .filter(choice -> choice[2] == (choice[0] ^ choice[1]))
        .filter(choice -> choice[3] == ((choice[0] >> 1 ^ choice[1]) & 1))
        .map(CompiledVmContract::settings);
  }

  private static Stream<int[]> combinations() {
    return Stream.iterate(0, i -> i < 128, i -> i + 1)
        .map(i -> new int[] {i / 32, i / 8 % 4, i / 2 % 4, i % 2});
  }

  private static EngineSettings settings(int[] choice) {
    return new EngineSettings(
            CompilerPolicy.REQUIRED, LIMITS.get(choice[1]), 1 + choice[0], PAGES.get(choice[2]))
        .withPrefetch(choice[3] == 0 ? PrefetchMode.AT_ONCE : PrefetchMode.WALK_FIRST);
  }

  @Override
  RandomXVm create(RandomXParameters parameters, RandomXCache cache) {
    RandomXEngine engine = RandomXEngine.create(parameters, new SeedMemory.Light(cache), settings);
    opened.add(engine);
    return engine.newVm(settings.lanes());
  }

  @Override
  RandomXVm create(RandomXParameters parameters, PatternDataset dataset) {
    CompilerTarget target = CompilerTarget.detect(settings.instructions()).orElseThrow();
    AesCode aes = AesCode.generate(target.aesKind(), parameters.programGenerator());
    opened.add(aes);
    ProgramCompiler compiler =
        new ProgramCompiler(
            parameters, target, new DatasetAccess.Stored(dataset.address(), DatasetAccess.WHOLE));
    return new CompiledVm(
        parameters, compiler, aes, settings.lanes(), settings.prefetch(), settings.pages());
  }

  @AfterEach
  void closeEngines() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    opened.clear();
  }
}

package io.p2pmining.core.randomx;

import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.KnownAnswer;
import io.p2pmining.core.randomx.vm.RandomXEngine;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A hash by the interpreter for whoever hashes by machine code to compare with; computed once, when
 * it is first asked for. Empty where the interpreter hashes anyway. Safe for use by any thread
 * while the memory is open.
 */
final class InterpretedCheck implements Supplier<Optional<KnownAnswer>> {

  private static final int INPUT_BYTES = 76;
  private static final EngineSettings INTERPRETER =
      EngineSettings.AUTO.withCompiler(CompilerPolicy.OFF);

  private final RandomXParameters parameters;
  private final SeedMemory memory;
  private final boolean interpreted;
  private @Nullable KnownAnswer answer;

  InterpretedCheck(RandomXParameters parameters, SeedMemory memory, RandomXEngine engine) {
    this.parameters = parameters;
    this.memory = memory;
    this.interpreted = !engine.compiles();
  }

  @Override
  public synchronized Optional<KnownAnswer> get() {
    if (answer == null && !interpreted) {
      answer = compute();
    }
    return Optional.ofNullable(answer);
  }

  private KnownAnswer compute() {
    byte[] input = new byte[INPUT_BYTES];
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    try (RandomXEngine engine = RandomXEngine.create(parameters, memory, INTERPRETER);
        Hasher hasher =
            new RandomXHasher(new RandomXPipeline(parameters, engine.newVm(1), () -> {}))) {
      hasher.hash(input, input.length, hash);
    }
    return new KnownAnswer(input, hash);
  }
}

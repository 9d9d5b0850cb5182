package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.pow.PipelineShape;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.SeedMemory;

/** Machines in plain Java, on any processor. */
record InterpretedEngine(RandomXParameters parameters, SeedMemory memory) implements RandomXEngine {

  @Override
  public String name() {
    return "interpreter";
  }

  @Override
  public String instructions() {
    return "jvm";
  }

  @Override
  public boolean compiles() {
    return false;
  }

  @Override
  public int bestLanes() {
    return 1;
  }

  @Override
  public PrefetchMode prefetch() {
    return PrefetchMode.AUTO;
  }

  @Override
  public RandomXVm newVm(PipelineShape shape) {
    return new InterpretedVm(parameters, memory.items());
  }

  @Override
  public void close() {}
}

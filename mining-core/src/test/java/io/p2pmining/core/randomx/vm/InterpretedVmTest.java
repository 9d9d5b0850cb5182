package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.randomx.PatternDataset;
import io.p2pmining.core.randomx.RandomXCache;
import io.p2pmining.core.randomx.RandomXParameters;

class InterpretedVmTest extends RandomXVmContract {

  @Override
  RandomXVm create(RandomXParameters parameters, RandomXCache cache) {
    return new InterpretedVm(parameters, cache.items());
  }

  @Override
  RandomXVm create(RandomXParameters parameters, PatternDataset dataset) {
    return new InterpretedVm(parameters, dataset);
  }
}

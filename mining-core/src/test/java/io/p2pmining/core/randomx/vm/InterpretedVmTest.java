package io.p2pmining.core.randomx.vm;

import io.p2pmining.core.randomx.DatasetItems;
import io.p2pmining.core.randomx.RandomXParameters;

class InterpretedVmTest extends RandomXVmContract {

  @Override
  RandomXVm create(RandomXParameters parameters, DatasetItems dataset) {
    return new InterpretedVm(parameters, dataset);
  }
}

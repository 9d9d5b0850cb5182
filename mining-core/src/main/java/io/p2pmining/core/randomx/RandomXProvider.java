package io.p2pmining.core.randomx;

import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithmProvider;
import java.util.List;

/** Offers every variant of RandomX that this module knows. */
public final class RandomXProvider implements PowAlgorithmProvider {

  @Override
  public List<PowAlgorithm> algorithms() {
    return RandomXVariants.all().stream().<PowAlgorithm>map(RandomXAlgorithm::new).toList();
  }
}

package io.p2pmining.core.sha256d;

import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithmProvider;
import java.util.List;

/** Offers {@code sha256d}. */
public final class Sha256dProvider implements PowAlgorithmProvider {

  @Override
  public List<PowAlgorithm> algorithms() {
    return List.of(new Sha256d());
  }
}

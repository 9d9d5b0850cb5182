package io.p2pmining.core.pow;

import java.util.List;

/** Offers algorithms to {@link PowAlgorithms}; found by {@link java.util.ServiceLoader}. */
public interface PowAlgorithmProvider {

  /** The algorithms of this family, in the order in which they are to be listed. */
  List<PowAlgorithm> algorithms();
}

package io.p2pmining.core.miner;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import java.util.HexFormat;

/**
 * What decides a prepared seed: the algorithm, its key and the mode. Immutable.
 *
 * @param algorithm the proof of work
 * @param seedHex the key in lower-case hex; empty for algorithms without one
 * @param mode how much memory to spend
 */
public record SeedKey(PowAlgorithm algorithm, String seedHex, HashingMode mode) {

  public SeedKey {
    int length = HexFormat.of().parseHex(seedHex).length;
    if (length > algorithm.maxSeedLength()) {
      throw new IllegalArgumentException(
          algorithm.name()
              + " takes keys of at most "
              + algorithm.maxSeedLength()
              + " bytes: length="
              + length);
    }
    if (!algorithm.modes().contains(mode)) {
      throw new IllegalArgumentException(algorithm.name() + " has no mode " + mode);
    }
  }

  /**
   * The key for these bytes.
   *
   * @throws IllegalArgumentException if the seed is too long or the algorithm lacks the mode
   */
  public static SeedKey of(PowAlgorithm algorithm, byte[] seed, HashingMode mode) {
    return new SeedKey(algorithm, HexFormat.of().formatHex(seed), mode);
  }

  /** A fresh array with the key's bytes. */
  public byte[] seed() {
    return HexFormat.of().parseHex(seedHex);
  }

  @Override
  public String toString() {
    String seed =
        seedHex.isEmpty() ? "" : " seed " + seedHex.substring(0, Math.min(8, seedHex.length()));
    return algorithm.name() + seed;
  }
}

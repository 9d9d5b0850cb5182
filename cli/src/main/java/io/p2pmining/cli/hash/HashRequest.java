package io.p2pmining.cli.hash;

import io.p2pmining.cli.options.Algorithm;
import io.p2pmining.cli.options.Hex;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.PowAlgorithm;
import picocli.CommandLine.TypeConversionException;

/**
 * What to hash.
 *
 * @param algorithm with which algorithm
 * @param key under which key; empty for algorithms without one
 * @param input the bytes to hash
 */
record HashRequest(PowAlgorithm algorithm, Bytes key, Bytes input) {

  /**
   * @throws TypeConversionException if the algorithm cannot take a key of this length
   */
  HashRequest {
    if (key.length() > algorithm.maxSeedLength()) {
      throw new TypeConversionException(
          "the key has "
              + key.length()
              + " bytes, but "
              + algorithm.name()
              + (algorithm.maxSeedLength() == 0
                  ? " takes none"
                  : " takes at most " + algorithm.maxSeedLength()));
    }
  }

  /**
   * The request that a line {@code algorithm keyhex inputhex} makes.
   *
   * @throws TypeConversionException if it makes none
   */
  static HashRequest parse(String line, Algorithm algorithms) {
    String[] words = line.strip().split("\\s+", -1);
    if (words.length != 3) {
      throw new TypeConversionException(
          "not three words 'algorithm keyhex inputhex' ('-' for an empty one)");
    }
    return new HashRequest(algorithms.convert(words[0]), Hex.parse(words[1]), Hex.parse(words[2]));
  }
}

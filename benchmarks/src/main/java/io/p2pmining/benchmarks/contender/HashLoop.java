package io.p2pmining.benchmarks.contender;

/** What one thread hashes with. Made, used and closed by that thread alone. */
public interface HashLoop extends AutoCloseable {

  /**
   * Hashes one input after the other until so much time has passed, and at least one.
   *
   * @param firstNonce where to begin
   * @return how many hashes were completed
   */
  long hashFor(long nanos, int firstNonce);

  /** Computes one hash of 32 bytes. */
  byte[] hash(byte[] input);

  @Override
  void close();
}

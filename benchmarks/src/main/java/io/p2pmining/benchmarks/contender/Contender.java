package io.p2pmining.benchmarks.contender;

/**
 * Computes proofs of work under {@link Terms}; holds what was prepared from the key until it is
 * closed, and computes nothing between calls. Used by one thread, which may be interrupted. Fails
 * with {@link ContenderException}.
 */
public interface Contender extends AutoCloseable {

  /** What it is and what it uses, on one line. */
  String description();

  /** The label of the pages under its large tables. */
  String pages();

  /** What preparing for the first time took. */
  InitRun firstInit();

  /** Hashes on all threads for about so long; on each at least one hash is completed. */
  HashRun hashFor(double seconds) throws InterruptedException;

  /**
   * Gives back what was prepared and prepares it anew, memory included.
   *
   * @param threads how many threads compute the dataset
   */
  InitRun initialise(int threads) throws InterruptedException;

  /**
   * Computes one hash, as it would while mining.
   *
   * @return 32 bytes; the hash and not the commitment to it
   */
  byte[] hash(byte[] input) throws InterruptedException;

  @Override
  void close();
}

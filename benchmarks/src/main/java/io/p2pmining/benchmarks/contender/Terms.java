package io.p2pmining.benchmarks.contender;

/**
 * What both contenders have to do in the same way.
 *
 * @param algorithm its name, for example {@code rx/0}
 * @param threads how many threads hash, at least 1; thread number i runs on processor number i
 * @param initThreads how many threads compute a dataset, at least 1
 */
public record Terms(String algorithm, Mode mode, int threads, int initThreads, PageKind pages) {

  private static final int KEY_LENGTH = 32;

  public Terms {
    if (threads < 1 || initThreads < 1) {
      throw new IllegalArgumentException(
          "threads=" + threads + ", initThreads=" + initThreads + ", must be at least 1");
    }
  }

  /** The key of every comparison: 32 zero bytes, as in XMRig's benchmark. */
  public static byte[] key() {
    return new byte[KEY_LENGTH];
  }

  /** The same in another mode. */
  public Terms withMode(Mode other) {
    return new Terms(algorithm, other, threads, initThreads, pages);
  }
}

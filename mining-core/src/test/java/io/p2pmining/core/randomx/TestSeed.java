package io.p2pmining.core.randomx;

/** Where the random input of a test begins. */
public final class TestSeed {

  static final String PROPERTY = "test.seed";

  private TestSeed() {}

  /** A new seed, printed, or the one that {@code -Dtest.seed=…} asks for again. */
  public static long of(String test) {
    long seed = Long.getLong(PROPERTY, System.nanoTime());
    System.out.printf("%s: -D%s=%d%n", test, PROPERTY, seed);
    return seed;
  }
}

package io.p2pmining.core.randomx;

import java.util.Map;

/** The cache parameters of the variants in the vectors file (doc/configuration.md). */
final class TestVariants {

  static final Map<String, CacheParameters> CACHES =
      Map.of(
          "rx/0", new CacheParameters("RandomX\u0003", 3, 1, 170),
          "rx/wow", new CacheParameters("RandomWOW\u0001", 3, 1, 170),
          "rx/arq", new CacheParameters("RandomARQ\u0001", 1, 1, 170),
          "rx/graft", new CacheParameters("RandomX-Graft\u0001", 3, 2, 170),
          "rx/sfx", new CacheParameters("RandomSFX\u0001", 3, 1, 170),
          "rx/yada", new CacheParameters("RandomXYadaCoin\u0003", 4, 1, 150));

  private TestVariants() {}
}

package io.p2pmining.cli.hash;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.cli.options.Engine;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hashes requests and keeps the seeds used last, because preparing one takes a hundred times as
 * long as hashing with it. Used by one thread; holds at most {@value #SEEDS_KEPT} prepared seeds.
 */
final class HashCalculator implements AutoCloseable {

  private static final int SEEDS_KEPT = 2;

  private final Engine engine;
  private final Map<SeedName, Prepared> bySeed = new LinkedHashMap<>(2 * SEEDS_KEPT, 0.75f, true);

  HashCalculator(Engine engine) {
    this.engine = engine;
  }

  /**
   * The hash in hex; for an algorithm with a commitment, a space and the commitment after it.
   *
   * @throws CommandFailure if the wanted engine does not compute this algorithm
   */
  String hash(HashRequest request) throws InterruptedException {
    Hasher hasher = prepared(request).hasher();
    byte[] input = request.input().toArray();
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    hasher.hash(input, input.length, hash);
    byte[] proof = new byte[Hasher.HASH_LENGTH];
    hasher.proof(input, input.length, hash, proof);
    String hex = HexFormat.of().formatHex(hash);
    return Arrays.equals(hash, proof) ? hex : hex + " " + HexFormat.of().formatHex(proof);
  }

  private Prepared prepared(HashRequest request) throws InterruptedException {
    SeedName name = new SeedName(request.algorithm().name(), request.key());
    Prepared known = bySeed.get(name);
    if (known != null) {
      return known;
    }
    makeRoom();
    Prepared fresh = prepare(request.algorithm(), request.key());
    bySeed.put(name, fresh);
    return fresh;
  }

  private void makeRoom() {
    Iterator<Prepared> oldestFirst = bySeed.values().iterator();
    while (bySeed.size() >= SEEDS_KEPT) {
      oldestFirst.next().close();
      oldestFirst.remove();
    }
  }

  private Prepared prepare(PowAlgorithm algorithm, Bytes key) throws InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    PreparedSeed seed =
        algorithm.prepare(
            key.toArray(),
            HashingMode.LIGHT,
            Preparation.onThreads(threads)
                .withEngine(EngineSettings.AUTO.withCompiler(engine.policy())));
    try {
      engine.check(seed);
      return new Prepared(seed, seed.newHasher());
    } catch (RuntimeException e) {
      seed.close();
      throw e;
    }
  }

  @Override
  public void close() {
    bySeed.values().forEach(Prepared::close);
    bySeed.clear();
  }

  private record SeedName(String algorithm, Bytes key) {}

  private record Prepared(PreparedSeed seed, Hasher hasher) {

    void close() {
      hasher.close();
      seed.close();
    }
  }
}

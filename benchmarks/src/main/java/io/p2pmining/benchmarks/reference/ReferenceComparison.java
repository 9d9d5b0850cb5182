package io.p2pmining.benchmarks.reference;

import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Compares our rx/0 with the reference implementation, one thread each, in alternating pairs: first
 * light-mode hashing, then cache initialisation. Exits with 1 if the library is missing or the two
 * disagree on a hash.
 */
@Command(
    name = "reference",
    mixinStandardHelpOptions = true,
    description = "Compares rx/0 in light mode with librandomx, in alternating pairs.")
public final class ReferenceComparison implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final byte[] KEY = new byte[4];
  private static final int INPUT_LENGTH = 76;
  private static final int AGREEING_HASHES = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--pairs",
      defaultValue = "9",
      description = "Pairs to measure (${DEFAULT-VALUE}).")
  private int pairs;

  @Option(
      names = "--seconds",
      defaultValue = "4",
      description = "Seconds of hashing in each measurement (${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--reference-jit",
      description = "Lets the reference use its machine-code compiler; else it interprets.")
  private boolean jit;

  @Option(
      names = "--library",
      defaultValue = ReferenceLibrary.DEFAULT_NAME,
      description = "The reference's library (${DEFAULT-VALUE}).")
  private String library = ReferenceLibrary.DEFAULT_NAME;

  @Override
  public Integer call() throws InterruptedException {
    try {
      compare(ReferenceLibrary.load(library));
      return 0;
    } catch (MissingReferenceException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return FAILED;
    }
  }

  private void compare(ReferenceLibrary reference) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PowAlgorithm algorithm = PowAlgorithms.load().find("rx/0").orElseThrow();
    Set<ReferenceFlag> flags = EnumSet.copyOf(reference.recommendedFlags());
    if (!jit) {
      flags.remove(ReferenceFlag.JIT);
    }
    try (PreparedSeed seed = prepare(algorithm);
        Hasher ours = seed.newHasher();
        Hasher theirs = new ReferenceHasher(reference, flags, KEY)) {
      out.printf("ours:      engine %s, pages %s%n", seed.engine(), seed.pages());
      out.printf(
          "reference: %s, flags %s, %s%n%n",
          library, flags, jit ? "machine-code compiler" : "no machine-code compiler");
      requireAgreement(ours, theirs);
      out.printf("light-mode rx/0 hashes per second, one thread, %.1f s each%n", seconds);
      hashesPerSecond(ours);
      Pairs.measure(pairs, () -> hashesPerSecond(ours), () -> hashesPerSecond(theirs), out)
          .print(out);
    }
    out.printf("seconds to initialise an rx/0 cache, one thread%n");
    Pairs.measure(
            pairs, () -> ourCacheSeconds(algorithm), () -> cacheSeconds(reference, flags), out)
        .print(out);
  }

  private static void requireAgreement(Hasher ours, Hasher theirs) {
    byte[] input = new byte[INPUT_LENGTH];
    byte[] ourHash = new byte[Hasher.HASH_LENGTH];
    byte[] theirHash = new byte[Hasher.HASH_LENGTH];
    for (int i = 0; i < AGREEING_HASHES; i++) {
      input[0] = (byte) i;
      ours.hash(input, INPUT_LENGTH, ourHash);
      theirs.hash(input, INPUT_LENGTH, theirHash);
      if (!Arrays.equals(ourHash, theirHash)) {
        throw new IllegalStateException("ours and the reference disagree: input=" + i);
      }
    }
  }

  private Pairs.Sample hashesPerSecond(Hasher hasher) {
    byte[] input = new byte[INPUT_LENGTH];
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    Stopwatch stopwatch = new Stopwatch();
    int hashes = 0;
    while (stopwatch.clockSeconds() < seconds) {
      hasher.hash(input, INPUT_LENGTH, hash);
      System.arraycopy(hash, 0, input, 0, hash.length);
      hashes++;
    }
    return new Pairs.Sample(
        hashes / stopwatch.clockSeconds(), hashes / stopwatch.processorSeconds());
  }

  private static Pairs.Sample ourCacheSeconds(PowAlgorithm algorithm) {
    Stopwatch stopwatch = new Stopwatch();
    try (PreparedSeed seed = prepare(algorithm)) {
      return seconds(stopwatch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Pairs.Sample cacheSeconds(ReferenceLibrary reference, Set<ReferenceFlag> flags) {
    Stopwatch stopwatch = new Stopwatch();
    var cache = reference.allocCache(flags);
    reference.initCache(cache, KEY);
    Pairs.Sample sample = seconds(stopwatch);
    reference.releaseCache(cache);
    return sample;
  }

  private static PreparedSeed prepare(PowAlgorithm algorithm) throws InterruptedException {
    return algorithm.prepare(KEY, HashingMode.LIGHT, Preparation.onThreads(1));
  }

  private static Pairs.Sample seconds(Stopwatch stopwatch) {
    return new Pairs.Sample(stopwatch.clockSeconds(), stopwatch.processorSeconds());
  }
}

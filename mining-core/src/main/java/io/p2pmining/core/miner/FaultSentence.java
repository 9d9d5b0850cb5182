package io.p2pmining.core.miner;

import java.util.OptionalInt;

/** What to tell an operator about wrong hashes. */
final class FaultSentence {

  private static final String REMEDY =
      "check this machine's memory, cooling and clock settings, or mine without the compiler";

  private FaultSentence() {}

  static String ofThread(MiningShape shape, int thread, SeedKey key, String fault) {
    OptionalInt cpu = shape.cpuOf(thread);
    String where = cpu.isPresent() ? " on processor " + cpu.getAsInt() : "";
    return "mining thread %d%s computes wrong hashes of %s and does not mine (%s); %s"
        .formatted(thread, where, key, fault, REMEDY);
  }

  static String ofSeed(SeedKey key, String fault) {
    return "no mining thread computes right hashes of %s (%s); %s".formatted(key, fault, REMEDY);
  }
}

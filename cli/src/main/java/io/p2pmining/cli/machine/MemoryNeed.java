package io.p2pmining.cli.machine;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.core.memory.AvailableMemory;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import java.util.OptionalLong;

/**
 * How much memory something is about to take.
 *
 * @param bytes how much
 * @param purpose what for, as the end of a sentence: "for …"
 * @param remedy what would take less
 */
public record MemoryNeed(long bytes, String purpose, String remedy) {

  private static final long MIB = 1L << 20;

  /** What hashing in this process takes. */
  public static MemoryNeed of(
      PowAlgorithm algorithm, HashingMode mode, int threads, EngineSettings engine) {
    long bytes =
        algorithm.preparedBytes(mode)
            + engine.copies() * algorithm.copyBytes(mode)
            + threads * engine.mostLanes() * algorithm.hasherBytes();
    return new MemoryNeed(
        bytes,
        "for " + algorithm.name() + " on " + threads + (threads == 1 ? " thread" : " threads"),
        mode == HashingMode.FULL ? "try --mode light" : "close other programs");
  }

  /**
   * Refuses to go on where it would end in swapping or in the kernel killing processes.
   *
   * @throws CommandFailure if less is available
   */
  public void check(AvailableMemory memory) {
    OptionalLong available = memory.bytes();
    if (available.isPresent() && available.getAsLong() < bytes) {
      throw new CommandFailure(
          "too little memory: %d MiB are needed %s, %d MiB are available; %s"
              .formatted(mebibytes(), purpose, available.getAsLong() / MIB, remedy));
    }
  }

  /** Whether that much is available, as far as the system tells. */
  public boolean fits(AvailableMemory memory) {
    return memory.bytes().orElse(Long.MAX_VALUE) >= bytes;
  }

  /** How much in MiB, rounded up. */
  public long mebibytes() {
    return (bytes + MIB - 1) / MIB;
  }
}

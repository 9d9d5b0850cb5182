package io.p2pmining.worker.machine;

import io.p2pmining.core.cpu.Affinity;
import io.p2pmining.core.cpu.CpuSet;
import io.p2pmining.core.cpu.MiningPlan;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how to use a machine. Immutable.
 *
 * @param machine what there is
 * @param plan where threads mine best
 * @param memoryBytes how much memory hashing may take: what is available less what must stay so
 * @param lanes how many hashes a thread may compute side by side
 */
public record MiningChooser(Machine machine, MiningPlan plan, long memoryBytes, int lanes) {

  private static final long MIB = 1L << 20;

  /**
   * Chooses.
   *
   * @param algorithms those that must fit the memory
   * @param mode what the operator wants; null for full where memory allows
   * @param threads what the operator wants; null for one on each suitable core
   * @param affinity what the operator wants
   */
  public MiningChoice choose(
      List<PowAlgorithm> algorithms,
      @Nullable HashingMode mode,
      @Nullable Integer threads,
      Affinity affinity) {
    Integer wanted =
        threads == null && affinity instanceof Affinity.Listed(CpuSet set)
            ? Integer.valueOf(set.size())
            : threads;
    if (mode != null) {
      return choice(mode, wanted, affinity, "as it is set");
    }
    int most = MiningThreads.count(machine, HashingMode.FULL, wanted);
    long needed = fullBytes(algorithms, most);
    boolean fits = needed <= memoryBytes;
    return choice(
        fits ? HashingMode.FULL : HashingMode.LIGHT,
        wanted,
        affinity,
        "full mode needs %d MiB, %d MiB may be taken"
            .formatted(mebibytes(needed + MIB - 1), mebibytes(memoryBytes)));
  }

  private MiningChoice choice(
      HashingMode mode, @Nullable Integer wanted, Affinity affinity, String reason) {
    int threads = MiningThreads.count(machine, mode, wanted);
    return new MiningChoice(mode, threads, cpus(threads, affinity), reason);
  }

  /**
   * Without a list threads are bound only if this worker has the machine to itself, as far as can
   * be seen: several workers would all choose the same best processors.
   */
  private List<Integer> cpus(int threads, Affinity affinity) {
    boolean alone = threads >= plan.recommended() && machine.cores() >= plan.places().size();
    return affinity instanceof Affinity.Planned && !alone
        ? List.of()
        : affinity.cpus(threads, plan);
  }

  /** What the most demanding algorithm takes in full mode. */
  private long fullBytes(List<PowAlgorithm> algorithms, int threads) {
    return algorithms.stream()
        .filter(algorithm -> algorithm.modes().contains(HashingMode.FULL))
        .mapToLong(
            algorithm ->
                algorithm.preparedBytes(HashingMode.FULL)
                    + (long) threads * lanes * algorithm.hasherBytes())
        .max()
        .orElse(0);
  }

  private static long mebibytes(long bytes) {
    return bytes / MIB;
  }
}

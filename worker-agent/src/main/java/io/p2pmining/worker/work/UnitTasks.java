package io.p2pmining.worker.work;

import com.google.protobuf.ByteString;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.WorkJob;
import io.p2pmining.core.miner.MiningTask;
import io.p2pmining.core.miner.SeedKey;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.Target;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import java.util.Optional;

/** Makes mining tasks of assigned units. Immutable. */
final class UnitTasks {

  private final AlgorithmCatalog catalog;

  UnitTasks(AlgorithmCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The unit as this worker searches it.
   *
   * @param searched that many of its first nonces need not be searched any more
   * @throws IllegalArgumentException if this worker cannot search it; the message says why
   */
  LeasedUnit leased(AssignedUnit unit, long searched) {
    WorkJob job = unit.getJob();
    MiningTask task =
        new MiningTask(
            seed(job.getAlgorithm(), job.getSeedHash()),
            job.getBlob().toByteArray(),
            job.getNonceOffset(),
            Integer.toUnsignedLong(unit.getNonceStart()) + searched,
            unit.getNonceCount() - searched,
            Target.ofLittleEndian(unit.getShareTarget().toByteArray()));
    return new LeasedUnit(unit, task, searched);
  }

  /** The seed that the job's successor needs; empty if none is known or this worker lacks it. */
  Optional<SeedKey> nextSeed(WorkJob job) {
    if (job.getNextSeedHash().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(seed(job.getAlgorithm(), job.getNextSeedHash()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the unit that needs it will say what is wrong
    }
  }

  private SeedKey seed(String algorithmName, ByteString seed) {
    PowAlgorithm algorithm =
        catalog
            .find(algorithmName)
            .orElseThrow(
                () -> new IllegalArgumentException("unsupported algorithm " + algorithmName));
    return SeedKey.of(algorithm, seed.toByteArray(), catalog.modeOf(algorithm));
  }
}

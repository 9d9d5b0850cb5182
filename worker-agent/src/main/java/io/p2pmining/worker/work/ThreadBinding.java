package io.p2pmining.worker.work;

import io.p2pmining.core.cpu.Affinity;
import io.p2pmining.core.cpu.CpuSet;
import io.p2pmining.core.cpu.ThreadAffinity;
import io.p2pmining.core.miner.ThreadSetup;
import java.util.OptionalInt;

/**
 * Binds each mining thread to its processor.
 *
 * @param affinity what the operator wants: a processor that was named and cannot be had is said
 */
record ThreadBinding(Affinity affinity) implements ThreadSetup {

  @Override
  public void onStart(int thread, OptionalInt cpu) {
    if (cpu.isPresent()
        && !ThreadAffinity.pin(CpuSet.of(cpu.getAsInt()))
        && affinity instanceof Affinity.Listed) {
      throw new IllegalStateException(
          "it cannot be bound to processor " + cpu.getAsInt() + " of p2pmine.worker.affinity");
    }
  }
}

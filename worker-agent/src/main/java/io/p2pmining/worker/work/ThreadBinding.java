package io.p2pmining.worker.work;

import io.p2pmining.core.cpu.Affinity;
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
  public void place(int thread, OptionalInt cpu) {
    boolean placed = ThreadAffinity.place(cpu);
    if (!placed && cpu.isPresent() && affinity instanceof Affinity.Listed) {
      throw new IllegalStateException(
          "it cannot be bound to processor " + cpu.getAsInt() + " of p2pmine.worker.affinity");
    }
  }
}

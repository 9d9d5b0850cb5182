package io.p2pmining.worker.machine;

import io.p2pmining.core.pow.HashingMode;
import java.util.List;

/**
 * How this worker uses the machine; decided when it starts.
 *
 * @param mode in which it hashes algorithms that have it
 * @param threads how many threads hash
 * @param cpus by thread, the processor that it is bound to; empty if threads are not bound
 * @param reason why it is this mode, as the end of a sentence
 */
public record MiningChoice(HashingMode mode, int threads, List<Integer> cpus, String reason) {

  public MiningChoice {
    cpus = List.copyOf(cpus);
  }
}

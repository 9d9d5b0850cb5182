package io.p2pmining.benchmarks.contender;

import io.p2pmining.core.cpu.CpuSet;
import io.p2pmining.core.cpu.ThreadAffinity;

/** Keeps threads on processors, so that they do not move between caches. */
public final class Pinning {

  private Pinning() {}

  /**
   * Lets the calling thread run on one processor only, numbered modulo those there are.
   *
   * @throws ContenderException if the system refuses it
   */
  public static void pinCallingThread(int number) {
    int processor = number % Runtime.getRuntime().availableProcessors();
    if (!ThreadAffinity.pin(CpuSet.of(processor))) {
      throw new ContenderException("cannot keep a thread on processor " + processor);
    }
  }
}

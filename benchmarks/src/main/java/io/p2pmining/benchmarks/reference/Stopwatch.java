package io.p2pmining.benchmarks.reference;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Measures the calling thread from its creation on, by the clock and by the processor time it got;
 * the latter tells less of what else the machine does.
 */
final class Stopwatch {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final double NANOS_PER_SECOND = 1e9;

  private final long clockStart = System.nanoTime();
  private final long processorStart = THREADS.getCurrentThreadCpuTime();

  double clockSeconds() {
    return (System.nanoTime() - clockStart) / NANOS_PER_SECOND;
  }

  double processorSeconds() {
    return (THREADS.getCurrentThreadCpuTime() - processorStart) / NANOS_PER_SECOND;
  }
}

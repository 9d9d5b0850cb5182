package io.p2pmining.benchmarks.contender;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Measures this process from its creation on, by the clock and by the processor time that all
 * threads got.
 */
public final class Stopwatch {

  private static final double NANOS_PER_SECOND = 1e9;

  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final long processorStart = process.getProcessCpuTime();
  private final long clockStart = System.nanoTime();

  /** The seconds that have passed. */
  public double clockSeconds() {
    return (System.nanoTime() - clockStart) / NANOS_PER_SECOND;
  }

  /** The seconds of processor time that this process has had meanwhile. */
  public double processorSeconds() {
    return (process.getProcessCpuTime() - processorStart) / NANOS_PER_SECOND;
  }
}

package io.p2pmining.worker.monitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.p2pmining.worker.machine.MachineReadings;

/** What slows this machine down: heat, limits, and too few huge pages. Read at each scrape. */
final class MachineMetrics implements MeterBinder {

  private static final String PREFIX = "p2pmine.worker.";

  private final MachineReadings readings;

  MachineMetrics(MachineReadings readings) {
    this.readings = readings;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder(
            PREFIX + "cpu.temperature", readings, r -> r.processorCelsius().orElse(Double.NaN))
        .description("The processor's hottest sensor; NaN where none can be read")
        .baseUnit("celsius")
        .register(registry);
    FunctionCounter.builder(PREFIX + "cpu.throttled", readings, MachineReadings::throttledSeconds)
        .description("Time for which the CPU limit of the worker's control group held threads back")
        .baseUnit("seconds")
        .register(registry);
    FunctionCounter.builder(
            PREFIX + "cpu.thermal.throttles", readings, MachineReadings::thermalThrottles)
        .description("How often cores slowed down for heat since the machine started")
        .register(registry);
    Gauge.builder(PREFIX + "huge.pages.free", readings, MachineReadings::hugePagesFree)
        .description("Huge pages of the machine that nobody uses")
        .register(registry);
    Gauge.builder(PREFIX + "huge.pages", readings, MachineReadings::hugePagesTotal)
        .description("Huge pages that the machine's kernel has set aside")
        .register(registry);
  }
}

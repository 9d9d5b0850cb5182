package io.p2pmining.worker.monitor;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.p2pmining.core.memory.MemoryPages;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import io.p2pmining.worker.machine.EngineUse;
import io.p2pmining.worker.machine.TuningState;
import io.p2pmining.worker.work.WorkDesk;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Metrics of what computes the hashes: 1 for what was used last, 0 for the rest. */
final class EngineMetrics implements MeterBinder {

  private static final String PREFIX = "p2pmine.worker.";

  /** {@code java} computes algorithms that need neither of the others. */
  private static final List<String> ENGINES = List.of("compiler", "interpreter", "java");

  private final WorkDesk desk;
  private final AlgorithmCatalog catalog;

  EngineMetrics(WorkDesk desk, AlgorithmCatalog catalog) {
    this.desk = desk;
    this.catalog = catalog;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bind(registry, "engine", ENGINES, EngineUse::engine);
    bind(
        registry,
        "mode",
        Arrays.stream(HashingMode.values())
            .map(mode -> mode.name().toLowerCase(Locale.ROOT))
            .toList(),
        EngineUse::modeName);
    bind(
        registry,
        "pages",
        Arrays.stream(MemoryPages.values()).map(MemoryPages::label).toList(),
        EngineUse::pages);
    for (TuningState state : TuningState.values()) {
      Gauge.builder(PREFIX + "tuning", this, metrics -> metrics.tuning() == state ? 1 : 0)
          .description("1 for how the way was found in which threads hash, 0 for the rest")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder(PREFIX + "threads", desk, WorkDesk::hashingThreads)
        .description("Threads that hash")
        .register(registry);
    Gauge.builder(PREFIX + "lanes", this, EngineMetrics::lanes)
        .description("Hashes that a thread computes side by side; 0 before the first")
        .register(registry);
  }

  private void bind(
      MeterRegistry registry, String tag, List<String> values, Function<EngineUse, String> used) {
    for (String value : values) {
      Gauge.builder(PREFIX + tag, this, metrics -> metrics.isUsed(used, value) ? 1 : 0)
          .description("1 for what hashed last, 0 for the rest")
          .tag(tag, value)
          .register(registry);
    }
  }

  private boolean isUsed(Function<EngineUse, String> used, String value) {
    PowAlgorithm algorithm = desk.status().algorithm();
    return algorithm != null
        && catalog.useOf(algorithm).filter(use -> used.apply(use).equals(value)).isPresent();
  }

  private TuningState tuning() {
    PowAlgorithm algorithm = desk.status().algorithm();
    return algorithm == null ? TuningState.DEFAULT : catalog.tuningOf(algorithm);
  }

  private int lanes() {
    PowAlgorithm algorithm = desk.status().algorithm();
    return algorithm == null ? 0 : catalog.useOf(algorithm).map(EngineUse::lanes).orElse(0);
  }
}

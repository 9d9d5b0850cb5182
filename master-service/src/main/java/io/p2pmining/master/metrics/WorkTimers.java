package io.p2pmining.master.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.p2pmining.master.dispatch.WorkEvents;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkUnit;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How long work takes on its way. Told by the dispatcher's thread. */
@Component
final class WorkTimers implements WorkEvents {

  private static final Duration[] LATENCIES =
      Buckets.milliseconds(3, 10, 30, 100, 300, 1000, 3000, 10_000);

  private final Timer assignments;
  private final Timer acknowledgements;
  private final Timer spreads;
  private final Map<UnitState, Timer> units = new EnumMap<>(UnitState.class);

  WorkTimers(MeterRegistry meters) {
    assignments =
        latency(
            "p2pmine.assign.duration",
            "From what made units due (a request, a result, a new job) until they were on their"
                + " way to a worker, the commit included",
            meters);
    acknowledgements =
        latency(
            "p2pmine.acknowledge.duration",
            "From the arrival of a result until its acknowledgement was on its way, verification"
                + " and commit included",
            meters);
    spreads =
        latency(
            "p2pmine.job.spread.duration",
            "From the arrival of a job over a new tip until the last worker's units were on their"
                + " way",
            meters);
    for (UnitState state : UnitState.values()) {
      if (state.isFinal()) {
        units.put(
            state,
            Timer.builder("p2pmine.workunit.duration")
                .description("From the cutting of a work unit to its end")
                .tag("outcome", Labels.of(state))
                .serviceLevelObjectives(Buckets.seconds(1, 3, 10, 20, 30, 60, 120, 300, 1200))
                .register(meters));
      }
    }
  }

  private static Timer latency(String name, String description, MeterRegistry meters) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(LATENCIES)
        .register(meters);
  }

  @Override
  public void unitsAssigned(Duration waited) {
    assignments.record(waited);
  }

  @Override
  public void resultAcknowledged(Duration waited) {
    acknowledgements.record(waited);
  }

  @Override
  public void jobSpread(Job job, Duration waited) {
    spreads.record(waited);
  }

  @Override
  public void unitChanged(WorkUnit unit) {
    Timer timer = units.get(unit.state());
    if (timer != null) {
      timer.record(Duration.between(unit.createdAt(), unit.updatedAt()));
    }
  }
}

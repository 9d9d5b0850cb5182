package io.p2pmining.master.dispatch;

import io.p2pmining.master.job.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the dispatcher said of how long workers waited. */
final class RecordedLatencies implements WorkEvents {

  final List<Duration> assignments = new ArrayList<>();
  final List<Duration> acknowledgements = new ArrayList<>();
  final List<Duration> spreads = new ArrayList<>();

  @Override
  public void unitsAssigned(Duration waited) {
    assignments.add(waited);
  }

  @Override
  public void resultAcknowledged(Duration waited) {
    acknowledgements.add(waited);
  }

  @Override
  public void jobSpread(Job job, Duration waited) {
    spreads.add(waited);
  }
}

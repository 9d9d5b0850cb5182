package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.WorkResult.RangeCompleted;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the dispatcher says of how long workers wait for it. */
class LatencyTest {

  private static final PeerId ANN = new PeerId("a".repeat(32));
  private static final PeerId BEN = new PeerId("b".repeat(32));
  private static final NonceRange LARGE = new NonceRange(0, 10_000_000);

  private final Rig rig = new Rig();

  @Test
  void countsAnAssignmentFromTheRequestUntilTheLeaseIsDurable() {
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    rig.store.turnDown(true);
    rig.connect(ANN, 100, 1);
    rig.clock.advance(Duration.ofSeconds(3));
    rig.store.turnDown(false);
    rig.owner.drain();

    assertThat(rig.latencies.assignments).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void countsAnAcknowledgementFromTheResultUntilItIsDurable() {
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    rig.store.turnDown(true);
    Assignment unit = ann.first();
    rig.dispatcher.result(
        ANN, new RangeCompleted(1, unit.ref(), unit.range().count(), Duration.ofSeconds(20)));
    rig.owner.drain();
    rig.clock.advance(Duration.ofMillis(700));
    rig.store.turnDown(false);
    rig.owner.drain();

    assertThat(rig.latencies.acknowledgements).containsExactly(Duration.ofMillis(700));
  }

  @Test
  void countsANewTipUntilTheLastWorkerHasUnitsOfIt() {
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    RecordingLink ben = rig.connect(BEN, 100, 1);
    assertThat(rig.latencies.spreads).as("nobody was there to be told").isEmpty();
    int before = ann.assigned.size() + ben.assigned.size();
    rig.store.turnDown(true);
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    rig.clock.advance(Duration.ofSeconds(2));
    rig.store.turnDown(false);
    rig.owner.drain();

    assertThat(ann.assigned.size() + ben.assigned.size()).isEqualTo(before + 2);
    assertThat(rig.latencies.spreads).isEqualTo(List.of(Duration.ofSeconds(2)));
  }

  @Test
  void saysNothingOfAJobThatReplacesNobodysWork() {
    rig.connect(ANN, 100, 1);
    rig.deliver(Replacement.REFRESH, LARGE, Rig.NETWORK_TARGET);

    assertThat(rig.latencies.assignments).hasSize(1);
    assertThat(rig.latencies.spreads).isEmpty();
  }
}

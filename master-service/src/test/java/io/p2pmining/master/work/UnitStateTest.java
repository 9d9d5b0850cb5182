package io.p2pmining.master.work;

import static io.p2pmining.master.work.UnitState.ASSIGNED;
import static io.p2pmining.master.work.UnitState.CANCELLED;
import static io.p2pmining.master.work.UnitState.COMPLETED;
import static io.p2pmining.master.work.UnitState.COMPUTING;
import static io.p2pmining.master.work.UnitState.FAILED;
import static io.p2pmining.master.work.UnitState.PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.common.work.NonceRange;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnitStateTest {

  private static final Instant NOW = Instant.EPOCH;
  private static final PeerId PEER = new PeerId("0".repeat(32));

  @Test
  void allowsTheTransitionsOfTheTableAndNoOthers() {
    assertThat(PENDING.successors()).containsExactlyInAnyOrder(ASSIGNED, CANCELLED, FAILED);
    assertThat(ASSIGNED.successors())
        .containsExactlyInAnyOrder(COMPUTING, COMPLETED, PENDING, FAILED, CANCELLED);
    assertThat(COMPUTING.successors())
        .containsExactlyInAnyOrder(COMPUTING, COMPLETED, PENDING, FAILED, CANCELLED);
    assertThat(COMPLETED.successors()).isEmpty();
    assertThat(FAILED.successors()).isEmpty();
    assertThat(CANCELLED.successors()).isEmpty();
  }

  @Test
  void refusesToReviveAnEndedUnit() {
    WorkUnit ended = pending().ended(CANCELLED, 0, NOW);

    assertThatThrownBy(() -> ended.leasedTo(PEER, 1, NOW, NOW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("CANCELLED cannot become ASSIGNED");
  }

  @Test
  void refusesProgressThatGoesBackOrBeyondTheRange() {
    WorkUnit leased = pending().leasedTo(PEER, 1, NOW, NOW).progressed(40, NOW, NOW);

    assertThatThrownBy(() -> leased.progressed(39, NOW, NOW)).hasMessageContaining("searched=39");
    assertThatThrownBy(() -> leased.progressed(101, NOW, NOW)).hasMessageContaining("searched=101");
  }

  @Test
  void leasesOnlyTheRestAfterALostLease() {
    WorkUnit again =
        pending()
            .leasedTo(PEER, 1, NOW, NOW)
            .progressed(40, NOW, NOW)
            .released(40, NOW)
            .leasedTo(PEER, 2, NOW, NOW);

    assertThat(again.rest()).isEqualTo(new NonceRange(1040, 60));
    assertThat(again.leaseStart()).isEqualTo(40);
    assertThat(again.attempts()).isEqualTo(2);
  }

  private static WorkUnit pending() {
    return new WorkUnit(
        1, "job", PENDING, new NonceRange(1000, 100), 0, null, 0, 0, null, 0, NOW, NOW);
  }
}

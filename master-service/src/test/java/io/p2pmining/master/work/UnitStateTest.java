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
import io.p2pmining.core.pow.Target;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnitStateTest {

  private static final Instant NOW = Instant.EPOCH;
  private static final PeerId PEER = new PeerId("0".repeat(32));
  private static final Target TARGET = Target.EASIEST;

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

  @ParameterizedTest
  @EnumSource(UnitState.class)
  void makesEveryTransitionThatTheTableDoesNotHaveImpossible(UnitState from) {
    Map<UnitState, UnaryOperator<WorkUnit>> transitions =
        Map.of(
            PENDING, unit -> unit.released(0, NOW),
            ASSIGNED, unit -> unit.leasedTo(PEER, 1, TARGET, NOW, NOW),
            COMPUTING, unit -> unit.progressed(0, NOW, NOW),
            COMPLETED, unit -> unit.ended(COMPLETED, 0, 0, NOW),
            FAILED, unit -> unit.ended(FAILED, 0, 0, NOW),
            CANCELLED, unit -> unit.ended(CANCELLED, 0, 0, NOW));

    assertThat(transitions).containsOnlyKeys(UnitState.values());
    transitions.forEach(
        (to, transition) -> {
          if (from.successors().contains(to)) {
            assertThat(transition.apply(in(from)).state()).isEqualTo(to);
          } else {
            assertThatThrownBy(() -> transition.apply(in(from)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(from + " cannot become " + to);
          }
        });
  }

  private static WorkUnit in(UnitState state) {
    WorkUnit unit = pending();
    return new WorkUnit(
        unit.id(), unit.jobId(), state, unit.range(), 0, null, 0, 0, null, null, 0, 0, NOW, NOW);
  }

  @Test
  void refusesToReviveAnEndedUnit() {
    WorkUnit ended = pending().ended(CANCELLED, 0, 0, NOW);

    assertThatThrownBy(() -> ended.leasedTo(PEER, 1, TARGET, NOW, NOW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("CANCELLED cannot become ASSIGNED");
  }

  @Test
  void refusesProgressThatGoesBackOrBeyondTheRange() {
    WorkUnit leased = pending().leasedTo(PEER, 1, TARGET, NOW, NOW).progressed(40, NOW, NOW);

    assertThatThrownBy(() -> leased.progressed(39, NOW, NOW)).hasMessageContaining("searched=39");
    assertThatThrownBy(() -> leased.progressed(101, NOW, NOW)).hasMessageContaining("searched=101");
  }

  @Test
  void leasesOnlyTheRestAfterALostLease() {
    WorkUnit again =
        pending()
            .leasedTo(PEER, 1, TARGET, NOW, NOW)
            .progressed(40, NOW, NOW)
            .released(40, NOW)
            .leasedTo(PEER, 2, TARGET, NOW, NOW);

    assertThat(again.rest()).isEqualTo(new NonceRange(1040, 60));
    assertThat(again.leaseStart()).isEqualTo(40);
    assertThat(again.attempts()).isEqualTo(2);
  }

  private static WorkUnit pending() {
    return WorkUnit.pending(1, "job", new NonceRange(1000, 100), 0, NOW);
  }
}

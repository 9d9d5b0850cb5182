package io.p2pmining.master.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.master.peer.StandingChange.Changed;
import io.p2pmining.master.peer.StandingChange.Conflict;
import io.p2pmining.master.work.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerStandingsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final PeerId ANN = new PeerId("a".repeat(32));
  private static final PeerId BOB = new PeerId("b".repeat(32));
  private static final PeerId CAT = new PeerId("c".repeat(32));

  private static final int MOST = 100;

  private Instant now = START;
  private final SequencedMap<PeerId, Standing> written = new LinkedHashMap<>();
  private final PeerStandings standings = new PeerStandings(() -> now, MOST, written::put);
  private final List<Standing> told = new ArrayList<>();

  @BeforeEach
  void listen() {
    standings.listen((peer, standing) -> told.add(standing));
  }

  @Test
  void everyPeerIsInServiceAtFirst() {
    assertThat(standings.of(ANN)).isEqualTo(Standing.IN_SERVICE);
    assertThat(standings.resume(ANN)).isEqualTo(new Conflict("The peer is in service"));
    assertThat(told).isEmpty();
  }

  @Test
  void drainsAndResumes() {
    assertThat(standings.drain(ANN, "kernel update")).isInstanceOf(Changed.class);
    assertThat(standings.of(ANN))
        .isEqualTo(new Standing(ServiceState.DRAINING, "kernel update", START, null));
    assertThat(standings.of(BOB).allowsWork()).isTrue();
    assertThat(standings.drain(ANN, "again")).isInstanceOf(Conflict.class);

    assertThat(standings.resume(ANN)).isEqualTo(new Changed(Standing.IN_SERVICE));
    assertThat(standings.of(ANN).allowsWork()).isTrue();
    assertThat(told)
        .extracting(Standing::state)
        .containsExactly(ServiceState.DRAINING, ServiceState.IN_SERVICE);
  }

  @Test
  void aQuarantineIsMoreThanADrain() {
    standings.drain(ANN, "kernel update");
    assertThat(standings.quarantine(ANN, "lies", null)).isInstanceOf(Changed.class);

    assertThat(standings.drain(ANN, "x")).isInstanceOf(Conflict.class);
    assertThat(standings.quarantine(ANN, "x", Duration.ofDays(1))).isInstanceOf(Conflict.class);
    assertThat(standings.of(ANN).reason()).isEqualTo("lies");
  }

  @Test
  void aQuarantineEndsWhenItsTimeIsOver() {
    standings.quarantine(ANN, "three bad shares", Duration.ofMinutes(10));
    standings.quarantine(BOB, "by an operator", null);
    assertThat(standings.of(ANN).sentence())
        .isEqualTo("quarantined until 2026-01-01T00:10:00Z: three bad shares");
    assertThat(standings.of(BOB).sentence())
        .isEqualTo("quarantined until an operator resumes it: by an operator");

    now = START.plusSeconds(599);
    standings.endQuarantines();
    assertThat(standings.of(ANN).allowsWork()).isFalse();

    now = START.plusSeconds(600);
    standings.endQuarantines();
    assertThat(standings.of(ANN).allowsWork()).isTrue();
    assertThat(standings.of(BOB).allowsWork()).isFalse();
    assertThat(told).last().isEqualTo(Standing.IN_SERVICE);
  }

  @Test
  void forgetsTheOldestWhenTooManyAreOutOfService() {
    for (int peer = 0; peer <= MOST; peer++) {
      standings.drain(new PeerId("%032x".formatted(peer)), "many");
    }

    assertThat(standings.of(new PeerId("%032x".formatted(0))).allowsWork()).isTrue();
    assertThat(standings.of(new PeerId("%032x".formatted(1))).allowsWork()).isFalse();
    assertThat(written.get(new PeerId("%032x".formatted(0)))).isEqualTo(Standing.IN_SERVICE);
  }

  @Test
  void writesEveryChangeAndGoesOnFromIt() {
    standings.drain(ANN, "kernel update");
    standings.quarantine(BOB, "lies", Duration.ofMinutes(10));
    standings.drain(CAT, "tired");
    standings.resume(CAT);
    assertThat(written.remove(CAT)).isEqualTo(Standing.IN_SERVICE);

    PeerStandings next = new PeerStandings(() -> now, MOST, written::put);
    next.restore(written);
    assertThat(next.of(ANN)).isEqualTo(standings.of(ANN));
    assertThat(next.of(BOB)).isEqualTo(standings.of(BOB));

    now = START.plus(Duration.ofMinutes(10));
    next.endQuarantines();
    assertThat(next.of(BOB).allowsWork()).isTrue();
    assertThat(written.get(BOB)).isEqualTo(Standing.IN_SERVICE);
    assertThat(next.of(ANN).allowsWork()).isFalse();
  }
}

package io.p2pmining.master.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.peer.PeerActivity;
import io.p2pmining.master.peer.PeerCapabilities;
import io.p2pmining.master.peer.PeerIdentity;
import io.p2pmining.master.peer.PeerLog;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkUnit;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerMetricsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int BOUND = 2;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Instant seenAt = NOW;
  private final PeerRegistry registry = new PeerRegistry(() -> seenAt, 100, PeerLog.NONE);
  private final PeerMetrics metrics =
      new PeerMetrics(
          registry, new MetricsSettings(BOUND), Clock.fixed(NOW, ZoneOffset.UTC), meters);

  @Test
  void givesSeriesToTheFastestAndSumsTheRest() {
    mines(1, 10);
    mines(2, 1000);
    mines(3, 500);
    mines(4, 20);
    metrics.refresh();

    assertThat(rate(2)).isEqualTo(1000);
    assertThat(rate(3)).isEqualTo(500);
    assertThat(hasSeries(1) || hasSeries(4)).isFalse();
    assertThat(gauge("p2pmine.peer.hashes.per.second", PeerMetrics.OTHERS)).isEqualTo(30);
  }

  @Test
  void takesSeriesAwayOnlyForAPeerThatIsClearlyFaster() {
    mines(1, 100);
    mines(2, 100);
    metrics.refresh();
    mines(3, 120);
    metrics.refresh();
    assertThat(hasSeries(1) && hasSeries(2)).isTrue();

    mines(3, 1000);
    metrics.refresh();

    assertThat(rate(3)).isEqualTo(1000);
    assertThat(hasSeries(1) && hasSeries(2)).isFalse();
    assertThat(meters.find("p2pmine.peer.hashes.per.second").meters()).hasSize(BOUND + 1);
  }

  @Test
  void countsSharesWhereThePeerHasItsSeries() {
    mines(1, 100);
    mines(2, 100);
    mines(3, 1);
    metrics.refresh();
    metrics.shareAccepted(share(1));
    metrics.shareAccepted(share(3));
    metrics.shareRejected(id(3), "job", Rejection.STALE);

    assertThat(counter("p2pmine.peer.shares.accepted", id(1).hex())).isEqualTo(1);
    assertThat(counter("p2pmine.peer.shares.accepted", PeerMetrics.OTHERS)).isEqualTo(1);
    assertThat(counter("p2pmine.peer.shares.rejected", PeerMetrics.OTHERS)).isEqualTo(1);
  }

  @Test
  void addsTheSharesThatWereToBeExpectedUntilOneComes() {
    mines(1, 100);
    metrics.unitChanged(unit(1, UnitState.COMPLETED, 3000));
    metrics.unitChanged(unit(1, UnitState.COMPUTING, 9000));
    metrics.unitChanged(unit(1, UnitState.PENDING, 1000));
    metrics.refresh();
    assertThat(gauge("p2pmine.peer.expected.shares", id(1).hex())).isEqualTo(4);

    metrics.shareAccepted(share(1));
    metrics.refresh();

    assertThat(gauge("p2pmine.peer.expected.shares", id(1).hex())).isZero();
  }

  @Test
  void missesAPeerThatWentAwayWithoutAWordForADay() {
    mines(1, 100);
    mines(2, 100);
    registry.disconnected(id(1), false);
    registry.disconnected(id(2), true);
    metrics.refresh();

    assertThat(gauge("p2pmine.peer.lost", id(1).hex())).isEqualTo(1);
    assertThat(hasSeries(2)).as("it said that it would go").isFalse();
    assertThat(meters.get("p2pmine.peers.lost").gauge().value()).isEqualTo(1);
  }

  @Test
  void missesNobodyForever() {
    seenAt = NOW.minus(Duration.ofHours(25));
    mines(1, 100);
    registry.disconnected(id(1), false);
    metrics.refresh();

    assertThat(meters.get("p2pmine.peers.lost").gauge().value()).isZero();
    assertThat(hasSeries(1)).isFalse();
  }

  @Test
  void followsAPeerToItsNewName() {
    mines(1, 100);
    metrics.refresh();
    registry.connected(new PeerIdentity(id(1), "renamed", "test", "", 0), capabilities());
    metrics.refresh();

    assertThat(meters.find("p2pmine.peer.lost").tag("name", "renamed").meters()).hasSize(1);
    assertThat(meters.find("p2pmine.peer.lost").tag("peer", id(1).hex()).meters()).hasSize(1);
  }

  private void mines(int number, double hashesPerSecond) {
    if (registry.find(id(number)).isEmpty()) {
      registry.connected(
          new PeerIdentity(id(number), "peer" + number, "test", "127.0.0.1:1", 0), capabilities());
    }
    registry.reported(
        id(number),
        new PeerActivity(
            PeerState.MINING, "sha256d", HashingMode.LIGHT, hashesPerSecond, 0, 1 << 20));
  }

  private static PeerCapabilities capabilities() {
    return new PeerCapabilities(1, 1, 0, 0, "", "", "", false, false, false, 0, 0, 0, 0, List.of());
  }

  private static Share share(int peer) {
    return new Share(1, "job", 1, Bytes.EMPTY, BigInteger.ONE, id(peer), NOW, false);
  }

  private static WorkUnit unit(int peer, UnitState state, long searched) {
    return new WorkUnit(
        1,
        "job",
        state,
        new NonceRange(0, 10_000),
        searched,
        id(peer),
        1,
        0,
        Target.forDifficulty(1000),
        null,
        1,
        0,
        NOW,
        NOW);
  }

  private static PeerId id(int number) {
    return new PeerId("%032x".formatted(number));
  }

  private double rate(int peer) {
    return gauge("p2pmine.peer.hashes.per.second", id(peer).hex());
  }

  private boolean hasSeries(int peer) {
    List<Meter> all = meters.getMeters();
    return all.stream().anyMatch(meter -> id(peer).hex().equals(meter.getId().getTag("peer")));
  }

  private double gauge(String name, String peer) {
    return meters.get(name).tag("peer", peer).gauge().value();
  }

  private double counter(String name, String peer) {
    return meters.get(name).tag("peer", peer).functionCounter().count();
  }
}

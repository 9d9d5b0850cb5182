package io.p2pmining.master.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The series of one peer, or of all that have none of their own. Shares are counted by the
 * dispatcher's thread, rates are set by the scheduler's; any thread may read.
 */
final class PeerSeries {

  private final LongAdder accepted = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final String name;
  private final List<Meter> meters;
  private volatile double hashesPerSecond;
  private volatile double expectedShares;
  private volatile boolean lost;

  /**
   * Series that are in {@code registry} until they are withdrawn.
   *
   * @param peer the peer's id, or a word for several
   * @param name what the peer calls itself
   */
  PeerSeries(MeterRegistry registry, String peer, String name) {
    this.name = name;
    Tags tags = Tags.of("peer", peer, "name", name);
    meters =
        List.of(
            Gauge.builder("p2pmine.peer.hashes.per.second", this, s -> s.hashesPerSecond)
                .description("Hash rate of a peer, as it reports it")
                .tags(tags)
                .register(registry),
            FunctionCounter.builder("p2pmine.peer.shares.accepted", accepted, LongAdder::sum)
                .description("Shares that a peer was credited for since it has series")
                .tags(tags)
                .register(registry),
            FunctionCounter.builder("p2pmine.peer.shares.rejected", rejected, LongAdder::sum)
                .description("Shares of a peer that were not credited since it has series")
                .tags(tags)
                .register(registry),
            Gauge.builder("p2pmine.peer.expected.shares", this, s -> s.expectedShares)
                .description(
                    "How many shares the ranges should hold that a peer has searched since its"
                        + " last accepted share: above 20 it is broken or lying; of the others"
                        + " the largest")
                .tags(tags)
                .register(registry),
            Gauge.builder("p2pmine.peer.lost", this, s -> s.lost ? 1 : 0)
                .description("1 if a peer went away without saying so and is not back")
                .tags(tags)
                .register(registry));
  }

  boolean isNamed(String candidate) {
    return name.equals(candidate);
  }

  void countAccepted() {
    accepted.increment();
  }

  void countRejected() {
    rejected.increment();
  }

  void set(double rate, double expected, boolean isLost) {
    hashesPerSecond = rate;
    expectedShares = expected;
    lost = isLost;
  }

  void withdraw(MeterRegistry registry) {
    meters.forEach(registry::remove);
  }
}

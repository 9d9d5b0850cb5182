package io.p2pmining.master.source.monero;

import io.p2pmining.master.source.monero.MoneroDaemon.Header;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The nodes in order of preference, and which of them is mined with. Does no I/O of its own and
 * takes the time from its callers. Safe for use by any thread; guarded by its own monitor.
 *
 * <p>The active node stays until it fails, stops giving templates, or lags behind another; then the
 * most preferred one that can be used takes over at once. A node that is preferred to the active
 * one takes over again when it has been well for a while, so that one that flaps does not take the
 * mining with it.
 */
final class NodeRoster {

  /** How much rarer nodes are probed while they are not mined with. */
  private static final int STANDBY_FACTOR = 5;

  private final List<NodeHealth> nodes = new ArrayList<>();
  private Duration pollInterval;
  private Duration failBackAfter;
  private @Nullable NodeHealth active;

  NodeRoster(List<Node> nodes, Duration pollInterval, Duration failBackAfter) {
    nodes.forEach(node -> this.nodes.add(new NodeHealth(node)));
    this.pollInterval = pollInterval;
    this.failBackAfter = failBackAfter;
  }

  /** What a node last said the tip is. */
  record SeenTip(Header header, Instant seenAt) {}

  synchronized int size() {
    return nodes.size();
  }

  /**
   * Takes other nodes, in their order of preference. Those that stay keep what is known of them;
   * the active one stays active if it is among them. What is told later of one that is gone has no
   * effect.
   */
  synchronized void replace(List<Node> next, Duration poll, Duration failBack) {
    List<NodeHealth> known = List.copyOf(nodes);
    nodes.clear();
    for (Node node : next) {
      nodes.add(
          known.stream()
              .filter(health -> health.node() == node)
              .findFirst()
              .orElseGet(() -> new NodeHealth(node)));
    }
    if (!nodes.contains(active)) {
      active = null;
    }
    pollInterval = poll;
    failBackAfter = failBack;
  }

  /** The nodes to probe now; each must be reported back with {@code answered} or {@code failed}. */
  synchronized List<Node> takeDueProbes(Instant now) {
    return nodes.stream().filter(health -> health.takeProbe(now)).map(NodeHealth::node).toList();
  }

  synchronized void answered(Node node, Header tip, Instant now) {
    of(node)
        .ifPresent(
            health -> {
              boolean watched = health == active || active == null;
              health.answered(
                  tip, now, watched ? pollInterval : pollInterval.multipliedBy(STANDBY_FACTOR));
            });
  }

  synchronized void failed(Node node, String reason, Instant now) {
    of(node).ifPresent(health -> health.failed(reason, now, pollInterval));
  }

  synchronized void templateServed(Node node) {
    of(node).ifPresent(NodeHealth::templateServed);
  }

  synchronized void templateFailed(Node node, String reason, Instant now) {
    of(node).ifPresent(health -> health.templateFailed(reason, now, pollInterval));
  }

  /** Has the active node asked for its tip as soon as possible. */
  synchronized void probeActiveSoon() {
    if (active != null) {
      active.probeSoon();
    }
  }

  /** Chooses the node to mine with; empty if none can be used. */
  synchronized Optional<Node> elect(Instant now) {
    long bestHeight =
        nodes.stream().filter(h -> h.usable(now)).mapToLong(NodeHealth::height).max().orElse(-1);
    nodes.forEach(health -> health.judge(now, bestHeight));
    NodeHealth elected = electedFrom(now);
    if (elected != null && elected != active) {
      elected.probeBy(now.plus(pollInterval));
    }
    active = elected;
    return Optional.ofNullable(elected).map(NodeHealth::node);
  }

  private @Nullable NodeHealth electedFrom(Instant now) {
    boolean mayStay = active != null && active.eligible();
    for (NodeHealth health : nodes) {
      if (health == active && mayStay) {
        return health;
      }
      if (mayStay ? health.eligibleFor(failBackAfter, now) : health.eligible()) {
        return health;
      }
    }
    return null;
  }

  /** The last tip of a node that answers. */
  synchronized Optional<SeenTip> tip(Node node) {
    return of(node)
        .filter(health -> health.tip() != null)
        .map(health -> new SeenTip(Objects.requireNonNull(health.tip()), health.tipSeenAt()));
  }

  /** When something becomes due, as far as it can be foreseen. */
  synchronized Instant nextDue(Instant now) {
    Instant next = Instant.MAX;
    for (NodeHealth health : nodes) {
      next = earlier(next, health.nextProbe());
      if (health.barredUntil().isAfter(now)) {
        next = earlier(next, health.barredUntil());
      }
    }
    return next;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** Whether every node has been heard of, or has failed, at least once. */
  synchronized boolean allAsked() {
    return nodes.stream().allMatch(NodeHealth::asked);
  }

  /**
   * All nodes, the most promising first: the origin of the block unless it is gone, then those that
   * answer.
   */
  synchronized List<Node> forSubmission(Node origin) {
    List<Node> order = new ArrayList<>();
    of(origin).map(NodeHealth::node).ifPresent(order::add);
    nodes.stream().filter(h -> h.height() >= 0).map(NodeHealth::node).forEach(order::add);
    nodes.stream().filter(h -> h.height() < 0).map(NodeHealth::node).forEach(order::add);
    return order.stream().distinct().toList();
  }

  /** What is wrong with the nodes, {@code url: reason; url: reason}; empty if nothing is. */
  synchronized String troubles() {
    return nodes.stream()
        .filter(health -> !health.trouble().isEmpty())
        .map(health -> health.node() + ": " + health.trouble())
        .collect(Collectors.joining("; "));
  }

  /** Empty for a node that is gone. */
  private Optional<NodeHealth> of(Node node) {
    return nodes.stream().filter(health -> health.node() == node).findFirst();
  }
}

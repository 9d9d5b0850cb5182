package io.p2pmining.master.source.monero;

import io.p2pmining.master.source.monero.MoneroDaemon.Header;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known about one node. Mutable; guarded by the lock of the {@link NodeRoster}. */
final class NodeHealth {

  /** Blocks take seconds to reach everyone: a node this much later than another is behind. */
  static final Duration LAG_TOLERANCE = Duration.ofSeconds(10);

  /** The longest pause before a node that fails is asked again. */
  static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

  private final Node node;
  private Instant nextProbe = Instant.MIN;
  private boolean probing;
  private boolean probeAgain;
  private int failures;
  private boolean asked;
  private String trouble = "not asked yet";
  private @Nullable Header tip;
  private Instant tipSeenAt = Instant.MIN;
  private @Nullable Instant behindSince;
  private int templateFailures;
  private Instant barredUntil = Instant.MIN;
  private @Nullable Instant eligibleSince;
  private boolean everIneligible;

  NodeHealth(Node node) {
    this.node = node;
  }

  Node node() {
    return node;
  }

  /** Begins a probe if one is due. */
  boolean takeProbe(Instant now) {
    if (probing || nextProbe.isAfter(now)) {
      return false;
    }
    probing = true;
    return true;
  }

  void probeSoon() {
    nextProbe = Instant.MIN;
    probeAgain = probing;
  }

  void probeBy(Instant latest) {
    if (nextProbe.isAfter(latest)) {
      nextProbe = latest;
    }
  }

  /** When the next probe is due; far away while one is under way. */
  Instant nextProbe() {
    return probing ? Instant.MAX : nextProbe;
  }

  void answered(Header header, Instant now, Duration pause) {
    tip = header;
    tipSeenAt = now;
    failures = 0;
    if (!now.isBefore(barredUntil)) {
      trouble = "";
    }
    probed(now, pause);
  }

  void failed(String reason, Instant now, Duration firstPause) {
    tip = null;
    behindSince = null;
    trouble = reason;
    probed(now, backoff(firstPause, failures++));
  }

  private void probed(Instant now, Duration pause) {
    asked = true;
    probing = false;
    nextProbe = probeAgain ? now : now.plus(pause);
    probeAgain = false;
  }

  void templateServed() {
    templateFailures = 0;
  }

  void templateFailed(String reason, Instant now, Duration firstPause) {
    trouble = reason;
    barredUntil = now.plus(backoff(firstPause, templateFailures++));
  }

  private static Duration backoff(Duration first, int failures) {
    Duration pause = first.multipliedBy(1L << Math.min(failures, 10));
    return pause.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : pause;
  }

  /** Whether the node has answered or failed at least once. */
  boolean asked() {
    return asked;
  }

  /** Whether the node answers and gives templates; it may still be behind. */
  boolean usable(Instant now) {
    return tip != null && !now.isBefore(barredUntil);
  }

  /** When a node that was barred for failing templates may be tried again. */
  Instant barredUntil() {
    return barredUntil;
  }

  /** The height of the last tip seen; −1 if there is none. */
  long height() {
    return tip == null ? -1 : tip.height();
  }

  @Nullable Header tip() {
    return tip;
  }

  Instant tipSeenAt() {
    return tipSeenAt;
  }

  /** Why the node is not used; empty if nothing speaks against it. */
  String trouble() {
    return trouble;
  }

  /** Decides whether the node may be chosen, given the height of the best usable one. */
  void judge(Instant now, long bestHeight) {
    boolean eligible = usable(now) && !lags(now, bestHeight);
    if (!eligible) {
      eligibleSince = null;
      everIneligible |= asked;
    } else if (eligibleSince == null) {
      eligibleSince = everIneligible ? now : Instant.MIN;
    }
  }

  private boolean lags(Instant now, long bestHeight) {
    if (height() >= bestHeight) {
      behindSince = null;
      return false;
    }
    if (behindSince == null) {
      behindSince = now;
    }
    boolean lags = !now.isBefore(behindSince.plus(LAG_TOLERANCE));
    if (lags) {
      trouble = "it is behind, at block " + height() + " of " + bestHeight;
    }
    return lags;
  }

  boolean eligible() {
    return eligibleSince != null;
  }

  /** Whether the node has been eligible for so long, or always. */
  boolean eligibleFor(Duration span, Instant now) {
    return eligibleSince != null
        && (eligibleSince.equals(Instant.MIN) || !now.isBefore(eligibleSince.plus(span)));
  }
}

package io.p2pmining.master.dashboard;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.master.peer.ServiceState;
import io.p2pmining.master.share.ShareCounts;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table of peers.
 *
 * @param part its part of the cluster's rate, in percent with one decimal, for drawing
 * @param rejectedAny whether a share of it was rejected
 * @param slow whether it hashes much less than its own benchmark says it can
 */
record PeerRow(
    String id,
    String name,
    String address,
    State state,
    String stateDetail,
    String mode,
    String algorithm,
    Figure rate,
    Figure share,
    String part,
    Figure accepted,
    Figure rejected,
    boolean rejectedAny,
    Figure efficiency,
    boolean slow,
    Figure lastSeen) {

  /** Below this part of its own benchmark something holds a worker back. */
  private static final double SLOW = 0.7;

  /** What a peer is doing, as far as an operator distinguishes. */
  enum State {
    MINING("Mining", "good"),
    PREPARING("Preparing", "busy"),
    IDLE("Idle", "busy"),
    DRAINING("Drained", "warn"),
    QUARANTINED("Quarantined", "bad"),
    GONE("Gone", "off");

    private final String label;
    private final String tone;

    State(String label, String tone) {
      this.label = label;
      this.tone = tone;
    }

    public String label() {
      return label;
    }

    /** The class of its mark. */
    public String tone() {
      return tone;
    }
  }

  /**
   * A line.
   *
   * @param counts null if the database does not say
   * @param total the rate of the whole cluster
   */
  static PeerRow of(Member member, @Nullable ShareCounts counts, double total, Instant now) {
    double rate = member.peer().hashesPerSecond();
    double part = total > 0 ? rate / total : 0;
    OptionalDouble efficiency = member.efficiency();
    return new PeerRow(
        member.id().hex(),
        member.name().isBlank() ? member.id().hex() : member.name(),
        member.peer().identity().address(),
        stateOf(member),
        member.isInService() ? "" : member.standing().sentence(),
        modeOf(member),
        member.peer().isConnected() ? member.peer().activity().algorithm() : "",
        Figures.rate(rate),
        Figures.percent(part),
        String.format(Locale.ROOT, "%.1f%%", 100 * part),
        counts == null ? Figure.NONE : Figures.count(counts.accepted()),
        counts == null ? Figure.NONE : rejected(counts),
        counts != null && counts.rejectedTotal() > 0,
        efficiency.isPresent()
            ? Figures.percent(efficiency.getAsDouble())
            : new Figure("–", "it has not measured itself, or does not hash"),
        efficiency.isPresent() && efficiency.getAsDouble() < SLOW,
        Figures.ago(member.peer().lastSeenAt(), now));
  }

  private static Figure rejected(ShareCounts counts) {
    Figure total = Figures.count(counts.rejectedTotal());
    return counts.rejected().isEmpty() ? total : new Figure(total.text(), reasons(counts));
  }

  /** How many were rejected for which reason, in words. */
  static String reasons(ShareCounts counts) {
    return counts.rejected().entrySet().stream()
        .map(entry -> entry.getValue() + " " + Words.of(entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  static State stateOf(Member member) {
    if (!member.isInService()) {
      return member.standing().state() == ServiceState.DRAINING
          ? State.DRAINING
          : State.QUARANTINED;
    }
    return switch (member.peer().state()) {
      case MINING -> State.MINING;
      case PREPARING -> State.PREPARING;
      case CONNECTED, IDLE -> State.IDLE;
      case DISCONNECTED -> State.GONE;
    };
  }

  static String modeOf(Member member) {
    HashingMode mode = member.peer().activity().mode();
    return mode == null || !member.peer().isConnected()
        ? "–"
        : mode.name().toLowerCase(Locale.ROOT);
  }
}

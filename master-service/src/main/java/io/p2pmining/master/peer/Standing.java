package io.p2pmining.master.peer;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a peer gets work, and why not. Immutable.
 *
 * @param reason one sentence, at most {@link #MAX_REASON} characters; empty in service
 * @param since when that began; null for a peer that was always in service
 * @param until when it ends by itself; null if only an operator ends it
 */
public record Standing(
    ServiceState state, String reason, @Nullable Instant since, @Nullable Instant until) {

  /** The longest reason, in characters. */
  public static final int MAX_REASON = 200;

  /** In service, as every peer is that nobody has said anything about. */
  public static final Standing IN_SERVICE = new Standing(ServiceState.IN_SERVICE, "", null, null);

  public Standing {
    if (reason.length() > MAX_REASON) {
      throw new IllegalArgumentException(
          "reason length=" + reason.length() + ", at most " + MAX_REASON);
    }
  }

  /** Whether the peer gets work. */
  public boolean allowsWork() {
    return state == ServiceState.IN_SERVICE;
  }

  /** What the worker is told. */
  public String sentence() {
    Instant end = until;
    return switch (state) {
      case IN_SERVICE -> "in service";
      case DRAINING -> "drained: " + reason;
      case QUARANTINED ->
          "quarantined "
              + (end == null ? "until an operator resumes it" : "until " + seconds(end))
              + ": "
              + reason;
    };
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

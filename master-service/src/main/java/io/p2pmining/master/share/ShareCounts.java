package io.p2pmining.master.share;

import io.p2pmining.master.work.Rejection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many shares were accepted, and rejected for which reason. Immutable.
 *
 * @param rejected only reasons that occurred
 */
public record ShareCounts(long accepted, Map<Rejection, Long> rejected) {

  /** Nothing was reported yet. */
  public static final ShareCounts NONE = new ShareCounts(0, Map.of());

  /** How many were rejected for whatever reason. */
  public long rejectedTotal() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  ShareCounts withAccepted() {
    return new ShareCounts(accepted + 1, rejected);
  }

  /** One that was accepted is rejected after all. */
  ShareCounts withRevoked(Rejection reason) {
    return new ShareCounts(Math.max(0, accepted - 1), rejected).withRejected(reason);
  }

  ShareCounts withRejected(Rejection reason) {
    Map<Rejection, Long> counts = new EnumMap<>(Rejection.class);
    counts.putAll(rejected);
    counts.merge(reason, 1L, Long::sum);
    return new ShareCounts(accepted, Collections.unmodifiableMap(counts));
  }
}

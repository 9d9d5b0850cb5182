package io.p2pmining.master.api;

import io.p2pmining.master.work.PeerId;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Peer ids as clients write them. */
final class PeerIds {

  private PeerIds() {}

  /** The id that these hex digits spell, if they spell one. */
  static Optional<PeerId> parse(String text) {
    try {
      return Optional.of(new PeerId(text.toLowerCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The id that the query parameter {@code peer} names; null if it is absent. */
  static @Nullable PeerId filter(@Nullable String peer) {
    return peer == null
        ? null
        : parse(peer)
            .orElseThrow(
                () -> new BadParameterException("peer", peer, "must be 32 hexadecimal digits"));
  }
}

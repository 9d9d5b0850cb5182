package io.p2pmining.common.node;

import io.p2pmining.common.connection.HostName;
import io.p2pmining.common.connection.MessageRules;
import io.p2pmining.common.wire.v1.PeerAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** One line of the file of known peers: role, node id, host, port and time, a space between. */
final class KnownPeerLine {

  private static final int FIELDS = 5;

  private KnownPeerLine() {}

  static String format(KnownPeer peer) {
    return "%s %s %s %d %s\n"
        .formatted(
            peer.role() == PeerAddress.Role.ROLE_MASTER ? "master" : "worker",
            peer.nodeId(),
            peer.host(),
            peer.port(),
            peer.toldAt());
  }

  /** Empty if the line is not one that {@link #format} writes. */
  static Optional<KnownPeer> parse(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != FIELDS || !HostName.isValid(fields[2])) {
      return Optional.empty();
    }
    try {
      int port = Integer.parseInt(fields[3]);
      if (port < 1 || port > MessageRules.MAX_PORT) {
        return Optional.empty();
      }
      return role(fields[0])
          .map(
              role ->
                  new KnownPeer(
                      role, NodeId.ofHex(fields[1]), fields[2], port, Instant.parse(fields[4])));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<PeerAddress.Role> role(String word) {
    return switch (word) {
      case "master" -> Optional.of(PeerAddress.Role.ROLE_MASTER);
      case "worker" -> Optional.of(PeerAddress.Role.ROLE_WORKER);
      default -> Optional.empty();
    };
  }
}

package io.p2pmining.common.connection;

import java.time.Duration;

/**
 * How long and how much a connection waits for its peer.
 *
 * @param handshakeTimeout from connecting until CAPABILITIES; a later one is closed
 * @param linger how long the peer may take to read the last message before the socket is closed
 * @param outboundBytes what may wait to be sent; a peer that lets more pile up does not read and is
 *     closed
 */
public record ConnectionLimits(Duration handshakeTimeout, Duration linger, int outboundBytes) {

  /**
   * Ten seconds are many round trips on any line that mining makes sense on. One MiB is eight of
   * the largest frames, hundreds of usual ones; a thousand peers that do not read cost 1 GiB at
   * worst. Half a second of lingering keeps a worker's stop below two.
   */
  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(Duration.ofSeconds(10), Duration.ofMillis(500), 1 << 20);

  public ConnectionLimits {
    if (!handshakeTimeout.isPositive() || !linger.isPositive() || outboundBytes < 1) {
      throw new IllegalArgumentException(
          "handshakeTimeout=%s, linger=%s, outboundBytes=%d, all must be positive"
              .formatted(handshakeTimeout, linger, outboundBytes));
    }
  }
}

package io.p2pmining.master.session;

import java.net.InetSocketAddress;

/** Where workers connect. Safe for use by any thread. */
public interface PeerEndpoint {

  /**
   * The address on which the master listens, with the port it really has.
   *
   * @throws IllegalStateException before it listens
   */
  InetSocketAddress address();

  /** How many connections are open, handshaken or not. */
  int connections();
}

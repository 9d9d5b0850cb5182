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

  /** How many connections were given a place since the start. */
  long accepted();

  /** How many connections were refused since the start, because all places were taken. */
  long refused();

  /** Bytes that workers have sent on all connections since the start. */
  long receivedBytes();

  /** Bytes that were sent to workers on all connections since the start. */
  long sentBytes();
}

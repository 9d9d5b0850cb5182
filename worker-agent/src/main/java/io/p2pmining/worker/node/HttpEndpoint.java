package io.p2pmining.worker.node;

import java.net.InetAddress;

/**
 * Where health and metrics are really served.
 *
 * @param address the address
 * @param port the port
 */
public record HttpEndpoint(String address, int port) {

  /** The port as a master is told; 0 if that is on another machine and cannot reach it. */
  public int portFor(MasterAddress master) {
    return isLoopback(address) && !isLoopback(master.host()) ? 0 : port;
  }

  private static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false; // a name
    }
  }
}

package io.p2pmining.cli.up;

import io.p2pmining.cli.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks at the TCP ports of this machine before anything is started that needs them. */
final class Ports {

  private Ports() {}

  /**
   * Gives the port back, or any free one for 0.
   *
   * @param purpose what listens there, for the message
   * @param option the option that chooses another one
   * @throws CommandFailure if something else has it
   */
  static int free(int port, String purpose, String option) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CommandFailure(
          "port %d for %s cannot be used (%s); end what uses it or choose another with %s PORT"
              .formatted(port, purpose, e.getMessage(), option));
    }
  }
}

package io.p2pmining.cli.doctor;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Whether a master could listen.
 *
 * @param name of the finding
 * @param address on which it is to listen
 * @param port 0 for any
 * @param remedy how another one is chosen
 */
record PortCheck(String name, String address, int port, String remedy) {

  /**
   * Tries it.
   *
   * @param root of the file system, to look the owner up
   * @param owner the process that has the port rightfully: this directory's master
   */
  Finding finding(Path root, OptionalLong owner) {
    String place = address + ":" + port;
    if (port == 0) {
      return Finding.ok(name, "any free port of " + address);
    }
    if (owner.isPresent()) {
      return Finding.ok(
          name,
          "%s is used by this directory's master, process %d".formatted(place, owner.getAsLong()));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
      return Finding.ok(name, place + " is free");
    } catch (BindException e) {
      String reason = String.valueOf(e.getMessage());
      if (reason.contains("in use")) {
        return Finding.fail(
            name,
            "%s is taken by %s"
                .formatted(place, PortOwner.of(root, port).orElse("a process of another user")),
            "end it, or choose another port with " + remedy);
      }
      return Finding.fail(
          name,
          "%s cannot be listened at: %s".formatted(place, reason),
          "choose a port above 1023 with %s, and an address that this machine has"
              .formatted(remedy));
    } catch (IOException e) {
      return Finding.fail(
          name,
          "%s cannot be listened at: %s".formatted(place, e),
          "give an address that this machine has, or 0.0.0.0 for all");
    }
  }
}

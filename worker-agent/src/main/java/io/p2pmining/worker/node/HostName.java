package io.p2pmining.worker.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine calls itself. */
final class HostName {

  /** Asking the network instead may take seconds where names cannot be looked up. */
  private static final Path OF_LINUX = Path.of("/proc/sys/kernel/hostname");

  private static final String UNKNOWN = "worker";
  private static final int MAX_LENGTH = 64;

  private HostName() {}

  static String ofThisMachine() {
    String plain = read().replaceAll("[^!-~]", "");
    return plain.isEmpty() ? UNKNOWN : plain.substring(0, Math.min(MAX_LENGTH, plain.length()));
  }

  private static String read() {
    try {
      return Files.readString(OF_LINUX, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ask();
    }
  }

  private static String ask() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return UNKNOWN;
    }
  }
}

package io.p2pmining.worker.node;

/**
 * Where a master is said to be; nothing has been looked up yet.
 *
 * @param host a name or an address, an IPv6 one without brackets
 * @param port 1 to 65535
 */
public record MasterAddress(String host, int port) {

  /** The port of a master that does not say otherwise. */
  public static final int DEFAULT_PORT = 9740;

  private static final int MAX_PORT = 65_535;

  public MasterAddress {
    if (host.isBlank() || host.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("must be HOST:PORT: the host is missing or has spaces");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("must be HOST:PORT with a port from 1 to " + MAX_PORT);
    }
  }

  /**
   * Reads {@code HOST}, {@code HOST:PORT}, {@code [IPV6]} or {@code [IPV6]:PORT}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static MasterAddress of(String text) {
    String trimmed = text.strip();
    if (trimmed.startsWith("[")) {
      int end = trimmed.indexOf(']');
      if (end < 0) {
        throw new IllegalArgumentException("must be HOST:PORT: ']' is missing");
      }
      return new MasterAddress(trimmed.substring(1, end), port(trimmed.substring(end + 1)));
    }
    int colon = trimmed.indexOf(':');
    if (colon != trimmed.lastIndexOf(':')) {
      throw new IllegalArgumentException("must be HOST:PORT, an IPv6 address in brackets");
    }
    return colon < 0
        ? new MasterAddress(trimmed, DEFAULT_PORT)
        : new MasterAddress(trimmed.substring(0, colon), port(trimmed.substring(colon)));
  }

  private static int port(String afterHost) {
    if (afterHost.isEmpty()) {
      return DEFAULT_PORT;
    }
    try {
      return afterHost.startsWith(":") ? Integer.parseInt(afterHost.substring(1)) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}

package io.p2pmining.common.node;

import io.p2pmining.common.connection.HostName;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;

/**
 * Which hosts a node lets itself be told of. Without this rule a master could make its workers talk
 * to services on their own machines that trust whoever comes from there.
 */
public final class HostRule {

  private static final int RESERVED_IPV4_START = 240;

  private HostRule() {}

  /**
   * Whether a host that was named by {@code teller} may be remembered. Names are not resolved here:
   * who connects to one checks with {@link #mayConnect} what it stands for.
   */
  public static boolean mayRemember(String host, InetAddress teller) {
    if (!HostName.isValid(host)) {
      return false;
    }
    if (HostName.isAddress(host)) {
      return mayConnect(InetAddress.ofLiteral(host), teller);
    }
    return teller.isLoopbackAddress() || !isLocalName(host);
  }

  /**
   * Whether an address that was named by {@code teller} may be used. Addresses of this very machine
   * or of its own link mean something only to a teller that shares them.
   */
  public static boolean mayConnect(InetAddress address, InetAddress teller) {
    if (address.isAnyLocalAddress() || address.isMulticastAddress() || isNoHost(address)) {
      return false;
    }
    if (address.isLoopbackAddress()) {
      return teller.isLoopbackAddress();
    }
    return !address.isLinkLocalAddress()
        || teller.isLinkLocalAddress()
        || teller.isLoopbackAddress();
  }

  private static boolean isLocalName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.endsWith(".localhost");
  }

  /** "This network", the reserved block with the broadcast address, and IPv4 in disguise. */
  private static boolean isNoHost(InetAddress address) {
    if (address instanceof Inet6Address ipv6) {
      return ipv6.isIPv4CompatibleAddress() && !ipv6.isLoopbackAddress();
    }
    int first = address.getAddress()[0] & 0xff;
    return first == 0 || first >= RESERVED_IPV4_START;
  }
}

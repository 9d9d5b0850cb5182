package io.p2pmining.master.api;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Under which names this master may be reached. A web page that tricks the resolver (DNS rebinding)
 * still sends its own name as Host, and one from elsewhere its own Origin. Immutable.
 */
final class OwnHosts {

  private static final Set<String> LOOPBACK =
      Set.of("localhost", "127.0.0.1", "::1", "0:0:0:0:0:0:0:1");

  private final @Nullable InetAddress bound;
  private final List<HostPort> allowed;

  /**
   * @param bound the address on which the API listens; null if on all of this machine's
   * @param allowed other names, as the operator set them
   */
  OwnHosts(@Nullable InetAddress bound, List<HostPort> allowed) {
    this.bound = bound;
    this.allowed = List.copyOf(allowed);
  }

  /**
   * Whether a Host header names this master.
   *
   * @param arrivedAt the address of this machine that the connection was made to
   */
  boolean isOwnHost(HostPort host, String arrivedAt) {
    return LOOPBACK.contains(host.host())
        || isBoundTo(host.host(), arrivedAt)
        || allowed.stream().anyMatch(name -> name.covers(host));
  }

  /** Whether a page of this origin is the master's own: it came from where it now asks. */
  boolean isOwnOrigin(HostPort origin, HostPort host) {
    return origin.host().equals(host.host()) && samePort(origin, host)
        || allowed.stream().anyMatch(name -> name.covers(origin));
  }

  /** Behind a proxy that ends TLS, a Host without a port goes with an Origin at 443. */
  private static boolean samePort(HostPort origin, HostPort host) {
    return host.port() == HostPort.ANY_PORT
        ? origin.port() == 80 || origin.port() == 443
        : origin.port() == host.port();
  }

  private boolean isBoundTo(String host, String arrivedAt) {
    InetAddress address = bound;
    return address == null || address.isAnyLocalAddress()
        ? host.equals(arrivedAt)
        : host.equals(address.getHostAddress());
  }
}

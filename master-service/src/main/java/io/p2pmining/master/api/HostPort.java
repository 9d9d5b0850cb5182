package io.p2pmining.master.api;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and perhaps a port, as in a Host header. Immutable.
 *
 * @param host in lower case, an IPv6 address without its brackets, a name without a final dot
 * @param port from 1 to 65535; {@link #ANY_PORT} if there is none
 */
public record HostPort(String host, int port) {

  /** No port was named. */
  static final int ANY_PORT = -1;

  private static final int MAX_PORT = 65_535;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private static final Pattern FORM =
      Pattern.compile(
          "(?:\\[(?<v6>[0-9a-fA-F:.]+)]|(?<host>[A-Za-z0-9._-]+))(?::(?<port>\\d{1,5}))?");

  private static final Pattern ORIGIN =
      Pattern.compile("(?<scheme>https?)://(?<rest>[^/]+)", Pattern.CASE_INSENSITIVE);

  /**
   * Reads {@code host}, {@code host:port} or {@code [IPv6]:port}; settings are bound with it.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static HostPort valueOf(String text) {
    return parse(text.strip())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + text + "' must be name or name:port, without a scheme or a path"));
  }

  /** The same, empty if it is something else. */
  static Optional<HostPort> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String v6 = matcher.group("v6");
    String host = (v6 == null ? matcher.group("host") : v6).toLowerCase(Locale.ROOT);
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    String digits = matcher.group("port");
    int port = digits == null ? ANY_PORT : Integer.parseInt(digits);
    return host.isEmpty() || port == 0 || port > MAX_PORT
        ? Optional.empty()
        : Optional.of(new HostPort(host, port));
  }

  /**
   * The host and port of an Origin header, the scheme's port if it names none; empty for {@code
   * null} and everything else that no web page of a server has.
   */
  static Optional<HostPort> ofOrigin(String origin) {
    Matcher matcher = ORIGIN.matcher(origin);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int usual = matcher.group("scheme").equalsIgnoreCase("https") ? HTTPS_PORT : HTTP_PORT;
    return parse(matcher.group("rest")).map(parsed -> parsed.withPort(usual));
  }

  /** The same, with this port unless it has one. */
  HostPort withPort(int usual) {
    return port == ANY_PORT ? new HostPort(host, usual) : this;
  }

  /** Whether the other is this host, and this port unless any will do. */
  boolean covers(HostPort other) {
    return host.equals(other.host) && (port == ANY_PORT || port == other.port);
  }
}

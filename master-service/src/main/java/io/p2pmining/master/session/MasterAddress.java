package io.p2pmining.master.session;

import io.p2pmining.common.connection.HostName;
import io.p2pmining.common.node.NodeId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another master and where workers reach it.
 *
 * @param id its node id, the {@code instanceId} of its API
 * @param host a host name or an address; an IPv6 address without brackets
 * @param port from 1 to 65535
 */
public record MasterAddress(NodeId id, String host, int port) {

  private static final int MAX_PORT = 65_535;

  /** An IPv6 address stands in brackets. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?<id>[0-9a-f]{32})@(?:\\[(?<v6>[0-9a-fA-F:.]+)]|(?<host>[^:\\[\\]]+)):(?<port>\\d{1,5})");

  /**
   * Reads {@code id@host:port}; settings are bound with it.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static MasterAddress valueOf(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (matcher.matches()) {
      String v6 = matcher.group("v6");
      String host = v6 == null ? matcher.group("host") : v6;
      int port = Integer.parseInt(matcher.group("port"));
      if (HostName.isValid(host) && port >= 1 && port <= MAX_PORT) {
        return new MasterAddress(NodeId.ofHex(matcher.group("id")), host, port);
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' must be id@host:port, where id is the 32 hex digits of its instanceId");
  }
}

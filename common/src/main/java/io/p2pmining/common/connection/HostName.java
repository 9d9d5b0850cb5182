package io.p2pmining.common.connection;

import io.netty.util.NetUtil;
import java.util.regex.Pattern;

/**
 * How a host may be written: an IPv4 address of four decimal numbers, an IPv6 address without a
 * zone, or a host name after RFC 1123. A name whose last label is a number ({@code 127.1}, {@code
 * 0x7f000001}) is none: some resolvers read an address into it that the writer hides.
 */
public final class HostName {

  /** The longest host name that DNS can hold, in its textual form. */
  public static final int MAX_BYTES = 253;

  private static final Pattern NAME =
      Pattern.compile(
          "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*"
              + "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
  private static final Pattern NUMERIC_END =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)");

  private HostName() {}

  /** Whether the text is an address or a host name as this class describes it. */
  public static boolean isValid(String host) {
    if (host.length() > MAX_BYTES) {
      return false;
    }
    return isAddress(host)
        || (NAME.matcher(host).matches() && !NUMERIC_END.matcher(host).matches());
  }

  /** Whether the text is an address, so that nobody needs to be asked for one. */
  public static boolean isAddress(String host) {
    return NetUtil.isValidIpV4Address(host)
        || (NetUtil.isValidIpV6Address(host) && host.indexOf('%') < 0 && !host.startsWith("["));
  }
}

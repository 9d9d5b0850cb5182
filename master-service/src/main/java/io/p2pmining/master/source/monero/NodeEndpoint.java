package io.p2pmining.master.source.monero;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a node listens and how to log in to it. Immutable; prints without the login.
 *
 * @param base scheme, host, port and path, without a slash at the end
 * @param login null if the node asks for none
 */
record NodeEndpoint(URI base, @Nullable Login login) {

  private static final String URLS = "p2pmine.master.monero.urls";

  /** A user with a password; prints without either. */
  record Login(String user, String password) {

    /**
     * Splits {@code user:password}; only the first colon separates.
     *
     * @throws IllegalArgumentException if there is none or no user before it
     */
    static Login parse(String text, String where) {
      int colon = text.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException(where + " must have the form user:password.");
      }
      return new Login(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
      return "login";
    }
  }

  /**
   * The endpoints of all urls.
   *
   * @param login {@code user:password} for those that bring none; null for none
   * @throws IllegalArgumentException if one is wrong; the message numbers it and does not repeat it
   */
  static List<NodeEndpoint> parseAll(List<String> urls, @Nullable String login) {
    Login common =
        login == null || login.isEmpty() ? null : Login.parse(login, "p2pmine.master.monero.login");
    List<NodeEndpoint> endpoints = new ArrayList<>();
    for (String url : urls) {
      endpoints.add(parse(url.strip(), URLS + "[" + endpoints.size() + "]", common));
    }
    return List.copyOf(endpoints);
  }

  private static NodeEndpoint parse(String url, String where, @Nullable Login common) {
    URI uri = uri(url, where);
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(where + " must begin with http:// or https://.");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(where + " names no host: write http://host:18081.");
    }
    if (uri.getPort() < 1 || uri.getPort() > 65535) {
      throw new IllegalArgumentException(
          where + " needs a port from 1 to 65535; a Monero node's RPC port is 18081 by default.");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(where + " must end after the port or a path.");
    }
    String userInfo = uri.getRawUserInfo();
    Login login =
        userInfo == null ? common : Login.parse(decode(userInfo), "The login in " + where);
    String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
    return new NodeEndpoint(
        URI.create(scheme + "://" + bracketed(uri.getHost()) + ":" + uri.getPort() + path), login);
  }

  private static URI uri(String url, String where) {
    String absolute = url.contains("://") ? url : "http://" + url;
    try {
      return new URI(absolute);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          where + " is no valid address (percent-encode special characters of a password).");
    }
  }

  /** A plus sign stands for itself here, unlike in a form. */
  private static String decode(String userInfo) {
    return URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String bracketed(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  boolean secure() {
    return base.getScheme().equals("https");
  }

  @Override
  public String toString() {
    return base.toString();
  }
}

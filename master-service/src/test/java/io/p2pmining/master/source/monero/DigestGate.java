package io.p2pmining.master.source.monero;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Asks for a digest login (RFC 7616) in front of another reply, the way monerod does: both of MD5
 * and MD5-sess are offered, every challenge has a nonce of its own. Each nonce count is taken once.
 */
final class DigestGate implements ScriptedDaemon.Reply {

  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]+))");
  private static final String REALM = "monero-rpc";

  private final String user;
  private final String password;
  private final ScriptedDaemon.Reply behind;
  private final Set<String> usedCounts = new HashSet<>();
  private int nonces;
  private int challenges;
  private int staleAnswers;

  /**
   * @param staleAnswers how many right answers are turned away because their nonce is too old
   */
  DigestGate(String user, String password, int staleAnswers, ScriptedDaemon.Reply behind) {
    this.user = user;
    this.password = password;
    this.staleAnswers = staleAnswers;
    this.behind = behind;
  }

  /** How many challenges were sent. */
  synchronized int challenges() {
    return challenges;
  }

  @Override
  public synchronized void send(HttpExchange exchange, JsonNode request) throws IOException {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null || !header.startsWith("Digest ")) {
      challenge(exchange, false);
      return;
    }
    Map<String, String> answer = new HashMap<>();
    for (Matcher m = PARAMETER.matcher(header); m.find(); ) {
      answer.put(m.group(1), m.group(2) == null ? m.group(3) : m.group(2));
    }
    boolean right = isRight(exchange, answer);
    if (right && staleAnswers-- > 0) {
      challenge(exchange, true);
    } else if (right) {
      behind.send(exchange, request);
    } else {
      challenge(exchange, false);
    }
  }

  private boolean isRight(HttpExchange exchange, Map<String, String> answer) {
    String a1 = md5(user + ":" + REALM + ":" + password);
    if ("MD5-sess".equals(answer.get("algorithm"))) {
      a1 = md5(a1 + ":" + answer.get("nonce") + ":" + answer.get("cnonce"));
    }
    String a2 = md5(exchange.getRequestMethod() + ":" + answer.get("uri"));
    String expected =
        md5(
            String.join(
                ":",
                a1,
                answer.get("nonce"),
                answer.get("nc"),
                answer.get("cnonce"),
                answer.get("qop"),
                a2));
    return user.equals(answer.get("username"))
        && "auth".equals(answer.get("qop"))
        && exchange.getRequestURI().toString().equals(answer.get("uri"))
        && ("nonce-" + nonces).equals(answer.get("nonce"))
        && expected.equals(answer.get("response"))
        && usedCounts.add(answer.get("nonce") + "/" + answer.get("nc"));
  }

  private void challenge(HttpExchange exchange, boolean stale) throws IOException {
    challenges++;
    nonces++;
    for (String algorithm : new String[] {"MD5", "MD5-sess"}) {
      exchange
          .getResponseHeaders()
          .add(
              "WWW-authenticate",
              "Digest qop=\"auth\",algorithm=%s,realm=\"%s\",nonce=\"nonce-%d\",stale=%s"
                  .formatted(algorithm, REALM, nonces, stale));
    }
    ScriptedDaemon.send(exchange, 401, "<html>Unauthorized</html>");
  }

  private static String md5(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.ISO_8859_1));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

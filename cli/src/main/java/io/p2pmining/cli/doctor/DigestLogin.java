package io.p2pmining.cli.doctor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A login by digest (RFC 7616) as monerod wants it: by MD5, which Java itself refuses. Immutable,
 * and prints without the password.
 */
record DigestLogin(String user, String password) {

  /** The first answer to a challenge. */
  private static final String COUNT = "00000001";

  private static final Pattern MD5 = Pattern.compile("(?i)\\balgorithm=\"?MD5\"?\\s*(,|$)");

  /** Reads {@code user:password}. */
  static DigestLogin parse(String login) {
    int colon = login.indexOf(':');
    return colon < 0
        ? new DigestLogin(login, "")
        : new DigestLogin(login.substring(0, colon), login.substring(colon + 1));
  }

  /**
   * The Authorization header for a request.
   *
   * @param challenges WWW-Authenticate headers of the refusal
   * @param clientNonce never used before
   * @return empty if none of the challenges can be answered
   */
  Optional<String> answer(List<String> challenges, String method, String path, String clientNonce) {
    return challenges.stream()
        .filter(challenge -> challenge.startsWith("Digest ") && MD5.matcher(challenge).find())
        .findFirst()
        .map(challenge -> answer(challenge, method, path, clientNonce));
  }

  private String answer(String challenge, String method, String path, String clientNonce) {
    String realm = field(challenge, "realm");
    String nonce = field(challenge, "nonce");
    String secret = md5(user + ":" + realm + ":" + password);
    String request = md5(method + ":" + path);
    String response = md5(String.join(":", secret, nonce, COUNT, clientNonce, "auth", request));
    return ("Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", algorithm=MD5, qop=auth,"
            + " nc=%s, cnonce=\"%s\", response=\"%s\"")
        .formatted(user, realm, nonce, path, COUNT, clientNonce, response);
  }

  private static String field(String challenge, String name) {
    Matcher field = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(challenge);
    return field.find() ? field.group(1) : "";
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  @Override
  public String toString() {
    return "DigestLogin[user=" + user + "]";
  }
}

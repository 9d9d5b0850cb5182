package io.p2pmining.master.work;

import java.util.regex.Pattern;

/**
 * A worker's identity, the same across its connections and restarts.
 *
 * @param hex its 16-byte node id in lower-case hex
 */
public record PeerId(String hex) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  public PeerId {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("hex=" + hex + ", must be 32 lower-case hex digits");
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}

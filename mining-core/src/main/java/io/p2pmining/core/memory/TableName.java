package io.p2pmining.core.memory;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a shared table is: tables of one name have the same bytes. Immutable.
 *
 * @param text the kind of table and 128 bits of a hash over everything that decides its content
 * @param bytes its length
 */
public record TableName(String text, long bytes) {

  /** Changes whenever tables of the same facts are laid out differently. */
  private static final byte[] LAYOUT = {1};

  private static final int DIGEST_BYTES = 16;

  public TableName {
    if (!text.matches("[a-z]{1,16}-[0-9a-f]{32}")) {
      throw new IllegalArgumentException("table name=" + text);
    }
    if (bytes <= 0) {
      throw new IllegalArgumentException("bytes=" + bytes + ", must be positive");
    }
  }

  /**
   * Names a table.
   *
   * @param kind one word in lower case
   * @param facts all that decides its content
   */
  public static TableName of(String kind, long bytes, List<byte[]> facts) {
    MessageDigest digest = sha256();
    digest.update(LAYOUT);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, bytes));
    for (byte[] fact : facts) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, fact.length));
      digest.update(fact);
    }
    return new TableName(
        kind + "-" + HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES), bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}

package io.p2pmining.common.node;

import com.google.protobuf.ByteString;
import io.p2pmining.common.work.Bytes;
import java.util.random.RandomGenerator;

/**
 * What tells a node from every other, for the lifetime of its data directory. Immutable.
 *
 * @param bytes 16 bytes, not all of them zero; printed as 32 lower-case hex digits
 */
public record NodeId(Bytes bytes) {

  /** The length of an id in bytes. */
  public static final int LENGTH = 16;

  private static final Bytes ZERO = Bytes.copyOf(new byte[LENGTH]);

  public NodeId {
    if (bytes.length() != LENGTH || bytes.equals(ZERO)) {
      throw new IllegalArgumentException(
          "node id=" + bytes + ", must be " + LENGTH + " bytes and not zero");
    }
  }

  /**
   * A new id. Two nodes must never get the same one, so this should be a cryptographic generator.
   */
  public static NodeId random(RandomGenerator random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new NodeId(Bytes.copyOf(bytes));
  }

  /**
   * The id that 32 hex digits spell.
   *
   * @throws IllegalArgumentException if they do not spell one
   */
  public static NodeId ofHex(String hex) {
    return new NodeId(Bytes.ofHex(hex));
  }

  /** The id in a message that was received; the rules of the protocol have judged it. */
  public static NodeId of(ByteString bytes) {
    return new NodeId(Bytes.copyOf(bytes.toByteArray()));
  }

  /** The id for a message. */
  public ByteString toByteString() {
    return ByteString.copyFrom(bytes.toArray());
  }

  /** 32 lower-case hex digits. */
  @Override
  public String toString() {
    return bytes.toHex();
  }
}

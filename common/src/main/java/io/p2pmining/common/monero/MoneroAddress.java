package io.p2pmining.common.monero;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Monero address whose network prefix, length and checksum have been checked. Immutable. Prints
 * shortened, because a full address does not belong into logs; {@link #text()} is the whole of it.
 *
 * @param text the address as its owner writes it
 * @param network the network it is for
 * @param kind what it stands for
 */
public record MoneroAddress(String text, Network network, Kind kind) {

  private static final int CHECKSUM_BYTES = 4;
  private static final int KEY_BYTES = 32;
  private static final int PAYMENT_ID_BYTES = 8;
  private static final int LONGEST_TEXT = 106;

  /** The networks that give their addresses a prefix of their own. */
  public enum Network {
    MAINNET,
    STAGENET,
    TESTNET
  }

  /** What an address stands for. */
  public enum Kind {
    /** The primary address of a wallet. */
    STANDARD,
    /** A primary address together with a payment id. */
    INTEGRATED,
    /** One of a wallet's further addresses; no block can pay its reward to one. */
    SUBADDRESS
  }

  private record Prefix(int value, Network network, Kind kind) {}

  private static final Prefix[] PREFIXES = {
    new Prefix(18, Network.MAINNET, Kind.STANDARD),
    new Prefix(19, Network.MAINNET, Kind.INTEGRATED),
    new Prefix(42, Network.MAINNET, Kind.SUBADDRESS),
    new Prefix(24, Network.STAGENET, Kind.STANDARD),
    new Prefix(25, Network.STAGENET, Kind.INTEGRATED),
    new Prefix(36, Network.STAGENET, Kind.SUBADDRESS),
    new Prefix(53, Network.TESTNET, Kind.STANDARD),
    new Prefix(54, Network.TESTNET, Kind.INTEGRATED),
    new Prefix(63, Network.TESTNET, Kind.SUBADDRESS),
  };

  /**
   * Checks an address.
   *
   * @throws IllegalArgumentException if it is none; the message is one sentence for its owner that
   *     does not repeat the address
   */
  public static MoneroAddress parse(String text) {
    byte[] bytes = decode(text);
    int payload = bytes.length - CHECKSUM_BYTES;
    if (payload < 1) {
      throw invalid("it is too short");
    }
    byte[] checksum = Keccak256.hash(Arrays.copyOf(bytes, payload));
    if (!Arrays.equals(checksum, 0, CHECKSUM_BYTES, bytes, payload, bytes.length)) {
      throw invalid("its checksum is wrong, so at least one character is mistyped or missing");
    }
    Prefix prefix = find(bytes[0]);
    if (prefix == null) {
      throw invalid("its prefix " + (bytes[0] & 0xff) + " belongs to no Monero network");
    }
    int extra = prefix.kind == Kind.INTEGRATED ? PAYMENT_ID_BYTES : 0;
    if (payload != 1 + 2 * KEY_BYTES + extra) {
      throw invalid("it has the wrong length for its prefix");
    }
    return new MoneroAddress(text, prefix.network, prefix.kind);
  }

  /**
   * Checks an address that a block is to pay its reward to.
   *
   * @throws IllegalArgumentException as {@link #parse} does, and if it is a subaddress
   */
  public static MoneroAddress parseForMining(String text) {
    MoneroAddress address = parse(text);
    if (address.kind == Kind.SUBADDRESS) {
      throw new IllegalArgumentException(
          "The wallet address is a subaddress, and Monero cannot pay block rewards to one: "
              + "give the wallet's primary address.");
    }
    return address;
  }

  private static byte[] decode(String text) {
    if (text.isEmpty()) {
      throw invalid("it is empty");
    }
    if (text.length() > LONGEST_TEXT) {
      throw invalid("it is longer than any address");
    }
    try {
      return Base58.decode(text);
    } catch (IllegalArgumentException e) {
      throw invalid(e.getMessage());
    }
  }

  private static @Nullable Prefix find(byte value) {
    for (Prefix prefix : PREFIXES) {
      if (prefix.value == value) {
        return prefix;
      }
    }
    return null;
  }

  private static IllegalArgumentException invalid(@Nullable String reason) {
    return new IllegalArgumentException("This is no Monero address: " + reason + ".");
  }

  @Override
  public String toString() {
    return text.substring(0, 4) + "…" + text.substring(text.length() - 4);
  }
}

package io.p2pmining.master.source.monero;

import io.p2pmining.common.monero.Keccak256;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A block as Monero serialises it, cut at the places that mining touches. Immutable.
 *
 * <pre>
 *   varint major version │ varint minor version │ varint timestamp │ previous id 32 │ nonce 4
 *   coinbase: varint version 2 │ varint unlock time │ 1 input: 0xff, varint height
 *             │ outputs: varint amount, 0x02 key 32 or 0x03 key 32 + view tag 1
 *             │ varint length, extra (holds the extra nonce) │ 0x00
 *   varint count │ count × transaction hash 32
 * </pre>
 *
 * Hashing does not cover this blob but the header, the root over all transaction hashes with the
 * coinbase's first, and their number. Only the header has to be as expected for a blob to be parsed
 * at all: a fork that changes the rest fails in {@link #hashingBlob()}.
 */
final class BlockBlob {

  /** The length of an id or a hash in bytes. */
  static final int HASH_BYTES = Keccak256.LENGTH;

  private static final int NONCE_BYTES = 4;
  private static final int COINBASE_VERSION = 2;
  private static final int COINBASE_INPUT = 0xff;
  private static final int OUTPUT_TO_KEY = 0x02;
  private static final int OUTPUT_TO_TAGGED_KEY = 0x03;
  private static final int SMALLEST_OUTPUT_BYTES = 2 + HASH_BYTES;
  private static final byte[] NO_RING_SIGNATURE = {0};

  private final byte[] blob;
  private final long majorVersion;
  private final int nonceOffset;

  private BlockBlob(byte[] blob, long majorVersion, int nonceOffset) {
    this.blob = blob;
    this.majorVersion = majorVersion;
    this.nonceOffset = nonceOffset;
  }

  /** Reads the header; {@code blob} is not copied and must not change. */
  static BlockBlob parse(byte[] blob) throws MalformedBlobException {
    BlobReader reader = new BlobReader(blob, 0);
    long majorVersion = reader.varint();
    reader.varint();
    reader.varint();
    reader.skip(HASH_BYTES);
    int nonceOffset = reader.offset();
    reader.skip(NONCE_BYTES);
    return new BlockBlob(blob, majorVersion, nonceOffset);
  }

  /** The fork whose rules the block follows. */
  long majorVersion() {
    return majorVersion;
  }

  /** Where the nonce stands, in this blob as in the hashing blob. */
  int nonceOffset() {
    return nonceOffset;
  }

  /** The id of the block below. */
  byte[] previousId() {
    return Arrays.copyOfRange(blob, nonceOffset - HASH_BYTES, nonceOffset);
  }

  /** The header, which the hashing blob begins with. */
  byte[] header() {
    return Arrays.copyOf(blob, nonceOffset + NONCE_BYTES);
  }

  /** Whether these bytes are zeros inside the coinbase's extra field, free for an extra nonce. */
  boolean reserves(int offset, int length) throws MalformedBlobException {
    Coinbase coinbase = coinbase();
    if (offset < coinbase.extraStart || length > coinbase.extraEnd - offset) {
      return false;
    }
    for (int i = offset; i < offset + length; i++) {
      if (blob[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** The same block with an extra nonce written over the bytes at {@code offset}. */
  BlockBlob withExtraNonce(int offset, byte[] extraNonce) {
    byte[] copy = blob.clone();
    System.arraycopy(extraNonce, 0, copy, offset, extraNonce.length);
    return new BlockBlob(copy, majorVersion, nonceOffset);
  }

  /** A copy of the whole block. */
  byte[] toArray() {
    return blob.clone();
  }

  /**
   * What the proof of work is computed over.
   *
   * @throws MalformedBlobException if the coinbase or the list of transactions is built otherwise
   */
  byte[] hashingBlob() throws MalformedBlobException {
    Coinbase coinbase = coinbase();
    BlobReader reader = new BlobReader(blob, coinbase.end);
    int transactions = reader.count(HASH_BYTES);
    if (reader.remaining() != transactions * HASH_BYTES) {
      throw new MalformedBlobException("bytes follow the transactions", reader.offset());
    }
    byte[][] leaves = new byte[1 + transactions][];
    leaves[0] = coinbase.hash(blob);
    for (int i = 0; i < transactions; i++) {
      int start = reader.offset() + i * HASH_BYTES;
      leaves[1 + i] = Arrays.copyOfRange(blob, start, start + HASH_BYTES);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header());
    out.writeBytes(TreeHash.root(leaves));
    writeVarint(out, leaves.length);
    return out.toByteArray();
  }

  /** The id of the block that a hashing blob, with its nonce in place, stands for. */
  static byte[] id(byte[] hashingBlob) {
    ByteArrayOutputStream length = new ByteArrayOutputStream();
    writeVarint(length, hashingBlob.length);
    return Keccak256.hash(length.toByteArray(), hashingBlob);
  }

  private static void writeVarint(ByteArrayOutputStream out, int value) {
    int rest = value;
    for (; rest > 0x7f; rest >>>= 7) {
      out.write(rest | 0x80);
    }
    out.write(rest);
  }

  private Coinbase coinbase() throws MalformedBlobException {
    int start = nonceOffset + NONCE_BYTES;
    BlobReader reader = new BlobReader(blob, start);
    reader.expect(COINBASE_VERSION, "the coinbase's version");
    reader.varint();
    reader.expect(1, "the coinbase's number of inputs");
    reader.expect(COINBASE_INPUT, "the coinbase's kind of input");
    reader.varint();
    int outputs = reader.count(SMALLEST_OUTPUT_BYTES);
    for (int i = 0; i < outputs; i++) {
      reader.varint();
      skipOutput(reader);
    }
    int extraLength = reader.count(1);
    int extraStart = reader.offset();
    reader.skip(extraLength);
    int extraEnd = reader.offset();
    reader.expect(NO_RING_SIGNATURE[0], "the coinbase's kind of signature");
    return new Coinbase(start, extraStart, extraEnd, reader.offset());
  }

  private static void skipOutput(BlobReader reader) throws MalformedBlobException {
    int start = reader.offset();
    int kind = reader.next();
    switch (kind) {
      case OUTPUT_TO_KEY -> reader.skip(HASH_BYTES);
      case OUTPUT_TO_TAGGED_KEY -> reader.skip(HASH_BYTES + 1);
      default -> throw new MalformedBlobException("an unknown kind of output, " + kind, start);
    }
  }

  private record Coinbase(int start, int extraStart, int extraEnd, int end) {

    /**
     * A transaction's hash covers its three parts; a coinbase has no signatures: the third is 0.
     */
    byte[] hash(byte[] blob) {
      byte[] prefix = Arrays.copyOfRange(blob, start, extraEnd);
      return Keccak256.hash(
          Keccak256.hash(prefix), Keccak256.hash(NO_RING_SIGNATURE), new byte[HASH_BYTES]);
    }
  }
}

package io.p2pmining.master.source.monero;

import io.p2pmining.common.work.Bytes;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/**
 * Hands out extra nonces that are never used twice, not by this process, not after a restart and
 * not by another master: a counter that all masters of a database share, behind a random prefix
 * drawn at start, for those of other databases. Safe for use by any thread.
 */
final class ExtraNonces {

  /** The length of an extra nonce; a daemon up to 0.18 misplaces reserves of 128 bytes and more. */
  static final int LENGTH = 2 * Long.BYTES;

  private final long prefix;
  private final LongSupplier counter;

  /**
   * @param counter gives numbers that it never gave before
   */
  ExtraNonces(SecureRandom random, LongSupplier counter) {
    this.counter = counter;
    this.prefix = random.nextLong();
  }

  ExtraNonce next() {
    return new ExtraNonce(prefix, counter.getAsLong());
  }

  /** One extra nonce. */
  record ExtraNonce(long prefix, long count) {

    static ExtraNonce of(Bytes bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes.toArray());
      return new ExtraNonce(buffer.getLong(), buffer.getLong());
    }

    Bytes bytes() {
      return Bytes.copyOf(ByteBuffer.allocate(LENGTH).putLong(prefix).putLong(count).array());
    }

    /** A name that is as unique as the extra nonce, for the job that uses it. */
    String jobId() {
      return HexFormat.of().toHexDigits(prefix) + "-" + count;
    }
  }
}

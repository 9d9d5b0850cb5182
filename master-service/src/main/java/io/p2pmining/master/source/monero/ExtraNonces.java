package io.p2pmining.master.source.monero;

import io.p2pmining.common.work.Bytes;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands out extra nonces that are never used twice, not by this process, not after a restart and
 * not by another master: a random prefix drawn at start, then a counter. Safe for use by any
 * thread.
 */
final class ExtraNonces {

  /** The length of an extra nonce; a daemon up to 0.18 misplaces reserves of 128 bytes and more. */
  static final int LENGTH = 2 * Long.BYTES;

  private final long prefix;
  private final AtomicLong counter = new AtomicLong();

  ExtraNonces(SecureRandom random) {
    this.prefix = random.nextLong();
  }

  ExtraNonce next() {
    return new ExtraNonce(prefix, counter.incrementAndGet());
  }

  /** One extra nonce. */
  record ExtraNonce(long prefix, long count) {

    Bytes bytes() {
      return Bytes.copyOf(ByteBuffer.allocate(LENGTH).putLong(prefix).putLong(count).array());
    }

    /** A name that is as unique as the extra nonce, for the job that uses it. */
    String jobId() {
      return HexFormat.of().toHexDigits(prefix) + "-" + count;
    }
  }
}

package io.p2pmining.system;

import com.google.protobuf.ByteString;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.FoundShare;
import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.Target;

/** A unit that a worker of a test has in hand. Owned by that worker's event loop. */
final class Search {

  private static final int NONCE_BYTES = 4;

  /** What is told of a share. */
  interface Found {
    void share(long nonce, byte[] hash);
  }

  private final AssignedUnit unit;
  private final byte[] input;
  private final Target target;
  private final byte[] hash = new byte[Hasher.HASH_LENGTH];
  private long searched;

  Search(AssignedUnit unit) {
    this.unit = unit;
    this.input = unit.getJob().getBlob().toByteArray();
    this.target = Target.ofLittleEndian(unit.getShareTarget().toByteArray());
  }

  HeldUnit ref() {
    return HeldUnit.newBuilder().setUnitId(unit.getUnitId()).setLease(unit.getLease()).build();
  }

  long searched() {
    return searched;
  }

  long left() {
    return unit.getNonceCount() - searched;
  }

  /** Hashes the next {@code count} nonces. */
  void advance(long count, Hasher hasher, Found found) {
    long first = Integer.toUnsignedLong(unit.getNonceStart()) + searched;
    for (long nonce = first; nonce < first + count; nonce++) {
      for (int i = 0; i < NONCE_BYTES; i++) {
        input[unit.getJob().getNonceOffset() + i] = (byte) (nonce >>> (8 * i));
      }
      hasher.hash(input, input.length, hash);
      if (target.isMetBy(hash)) {
        found.share(nonce, hash);
      }
    }
    searched += count;
  }

  WorkunitResult.Builder share(long nonce, byte[] shareHash) {
    return result()
        .setShare(
            FoundShare.newBuilder().setNonce((int) nonce).setHash(ByteString.copyFrom(shareHash)));
  }

  /** A result of this search, without its id and what it says. */
  WorkunitResult.Builder result() {
    return WorkunitResult.newBuilder()
        .setUnitId(unit.getUnitId())
        .setLease(unit.getLease())
        .setJobId(unit.getJob().getJobId());
  }
}

package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.Hasher;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The shares that were reported under one lease. They change with every share of every worker:
 * arrays of numbers cost the garbage collector nothing. Memory: 36 bytes a share. Owned by the
 * dispatcher's thread.
 */
final class ReportedShares {

  private static final int FIRST_CAPACITY = 4;

  private int[] nonces = {};
  private byte[] hashes = {};
  private int size;

  int size() {
    return size;
  }

  /** Notes a share, unless its nonce is known; answers whether it was not. */
  boolean add(long nonce, Bytes hash) {
    for (int i = 0; i < size; i++) {
      if (nonces[i] == (int) nonce) {
        return false;
      }
    }
    if (size == nonces.length) {
      int capacity = Math.max(FIRST_CAPACITY, 2 * size);
      nonces = Arrays.copyOf(nonces, capacity);
      hashes = Arrays.copyOf(hashes, capacity * Hasher.HASH_LENGTH);
    }
    nonces[size] = (int) nonce;
    System.arraycopy(hash.toArray(), 0, hashes, size * Hasher.HASH_LENGTH, Hasher.HASH_LENGTH);
    size++;
    return true;
  }

  /** The hashes by nonce. */
  Map<Long, Bytes> asMap() {
    Map<Long, Bytes> shares = new HashMap<>();
    for (int i = 0; i < size; i++) {
      int start = i * Hasher.HASH_LENGTH;
      shares.put(
          Integer.toUnsignedLong(nonces[i]),
          Bytes.copyOf(Arrays.copyOfRange(hashes, start, start + Hasher.HASH_LENGTH)));
    }
    return shares;
  }
}

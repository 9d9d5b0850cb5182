package io.p2pmining.core.miner;

import io.p2pmining.core.pow.Hasher;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One mining thread's loop: take nonces of the current search, hash them, report shares. All fields
 * but the hash counter belong to this thread. Allocates nothing per hash.
 */
final class MiningThread implements Runnable {

  private final Miner miner;
  private final int index;
  private final int niceness;
  private final MinerListener listener;
  private final AtomicLong hashes = new AtomicLong();
  private final BatchSize batch = new BatchSize();
  private final byte[] hash = new byte[Hasher.HASH_LENGTH];
  private final byte[] proof = new byte[Hasher.HASH_LENGTH];

  private @Nullable SharedSeed seed;
  private @Nullable Hasher hasher;
  private @Nullable MiningTask loaded;
  private byte[] input = new byte[0];

  MiningThread(Miner miner, int index, int niceness, MinerListener listener) {
    this.miner = miner;
    this.index = index;
    this.niceness = niceness;
    this.listener = listener;
  }

  /** Hashes since the thread started; any thread may ask. */
  long hashes() {
    return hashes.getOpaque();
  }

  /** The seed whose hasher this thread holds; for itself only. */
  @Nullable SharedSeed heldSeed() {
    return seed;
  }

  @Override
  public void run() {
    ThreadNiceness.apply(niceness);
    try {
      while (true) {
        RangeSearch search = miner.current();
        if (search == null) {
          search = miner.awaitSearch(this);
        }
        if (search == null) {
          return;
        }
        mine(search);
      }
    } finally {
      dropHasher();
    }
  }

  private void mine(RangeSearch search) {
    try {
      Hasher hasher = hasherFor(search.task.seed());
      if (hasher == null) {
        miner.selectNext();
        return;
      }
      load(search.task);
      int size = batch.get();
      long first = search.claim(index, size);
      if (first < 0) {
        miner.selectNext();
        return;
      }
      long end = search.endOfClaim(first, size);
      long before = System.nanoTime();
      long next = hashRange(search, hasher, first, end);
      batch.learn(next - first, System.nanoTime() - before);
      hashes.setRelease(hashes.getPlain() + (next - first));
      if (next < end) {
        search.abandon(index, next);
      } else if (search.finish(index, first, end)) {
        miner.completed(search);
      }
    } catch (Throwable e) {
      dropHasher();
      miner.failed(search, e);
    }
  }

  /** Hashes until the end or until the search is ended; returns the index after the last. */
  private long hashRange(RangeSearch search, Hasher hasher, long first, long end) {
    MiningTask task = search.task;
    int length = task.blobLength();
    for (long next = first; next < end; next++) {
      if (miner.isPaused()) {
        miner.awaitResume(search);
      }
      if (search.isEnded()) {
        return next;
      }
      long nonce = task.nonceStart() + next;
      putNonce(task.nonceOffset(), (int) nonce);
      hasher.hash(input, length, hash);
      hasher.proof(input, length, hash, proof);
      if (task.shareTarget().isMetBy(proof)) {
        listener.shareFound(task, nonce, hash.clone());
      }
    }
    return end;
  }

  private void putNonce(int offset, int nonce) {
    for (int i = 0; i < MiningTask.NONCE_BYTES; i++) {
      input[offset + i] = (byte) (nonce >>> (8 * i));
    }
  }

  private void load(MiningTask task) {
    if (loaded == task) {
      return;
    }
    if (input.length < task.blobLength()) {
      input = new byte[task.blobLength()];
    }
    task.copyBlobTo(input);
    loaded = task;
  }

  /** A hasher for this seed; null if the seed is not ready, because its tasks have gone. */
  private @Nullable Hasher hasherFor(SeedKey key) {
    if (hasher != null && seed != null && seed.key.equals(key)) {
      return hasher;
    }
    dropHasher();
    seed = miner.acquire(key);
    if (seed != null) {
      hasher = seed.prepared.newHasher();
      batch.reset();
    }
    return hasher;
  }

  /** Lets go of the hasher and its seed. */
  void dropHasher() {
    try {
      if (hasher != null) {
        hasher.close();
      }
    } finally {
      hasher = null;
      if (seed != null) {
        miner.release(seed);
        seed = null;
      }
    }
  }
}

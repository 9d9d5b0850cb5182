package io.p2pmining.core.miner;

import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A mining thread's pipeline under one seed, and whose nonces its lanes hash. Each batch is loaded
 * from the search that is current then, while the results of the batch before it are still tested
 * against their own tasks. Owned by that thread; allocates nothing per hash.
 *
 * <p>Trouble of a pipeline may be thrown by any method; what is in hand then is lost.
 */
final class Lanes implements AutoCloseable {

  private final Miner miner;
  private final MinerListener listener;
  private final SharedSeed seed;
  private final MiningShape shape;
  private final HashPipeline pipeline;
  private final Pace pace;
  private final Claims claims;
  private final ClaimSize claimSize;
  private final AtomicLong hashCounter;
  private final byte[][] hashes;
  private final byte[] proof = new byte[Hasher.HASH_LENGTH];

  private LaneBatch loaded;
  private LaneBatch begun;
  private boolean underWay;
  private long learnedHashes;

  /**
   * Idle lanes.
   *
   * @param shape how that seed is hashed at present; as soon as it is hashed otherwise nothing is
   *     claimed any more
   * @param pipeline of that seed and shape; closed by {@link #close()}
   * @param pace told that the thread hashes, once a claim
   * @param hashCounter counts the hashes, written by this thread alone
   */
  Lanes(
      Miner miner,
      MinerListener listener,
      int thread,
      SharedSeed seed,
      MiningShape shape,
      HashPipeline pipeline,
      Pace pace,
      AtomicLong hashCounter) {
    int lanes = pipeline.lanes();
    this.miner = miner;
    this.listener = listener;
    this.seed = seed;
    this.shape = shape;
    this.pipeline = pipeline;
    this.pace = pace;
    this.claims = new Claims(thread, 2 * lanes);
    this.claimSize = new ClaimSize(lanes);
    this.hashCounter = hashCounter;
    this.hashes = new byte[lanes][Hasher.HASH_LENGTH];
    this.loaded = new LaneBatch(lanes);
    this.begun = new LaneBatch(lanes);
  }

  /** Whether threads hash in another way by now, or under another seed in place of this. */
  boolean isOutdated() {
    return seed.isSuperseded() || seed.shape() != shape;
  }

  /** What is wrong with the pipeline, which hashes nothing yet; empty if nothing is. */
  Optional<String> fault() {
    return seed.prepared.check().flatMap(answer -> SelfTest.fault(pipeline, answer));
  }

  /**
   * Hashes for a while: takes nonces up and completes a batch, if there are nonces or a batch.
   *
   * @return false if there was neither, so that the lanes hold nothing now
   */
  boolean advance() {
    if (load()) {
      startLoaded();
      return true;
    }
    if (underWay) {
      complete();
      return true;
    }
    return false;
  }

  private void startLoaded() {
    if (underWay) {
      pipeline.next(hashes);
      swap();
      test(loaded);
    } else {
      pipeline.begin();
      underWay = true;
      swap();
      if (!pipeline.overlaps()) {
        complete();
      }
    }
  }

  private void swap() {
    LaneBatch spare = begun;
    begun = loaded;
    loaded = spare;
  }

  private void complete() {
    pipeline.finish(hashes);
    underWay = false;
    test(begun);
  }

  /** Gives up what is in hand if nothing of it is wanted any more. */
  void dropUnwanted() {
    if (!claims.anyWanted()) {
      claims.clear();
      underWay = false;
    }
  }

  /** Whether some nonces in hand are still wanted. */
  boolean holdsWanted() {
    return claims.anyWanted();
  }

  /**
   * Takes the time: the thread goes on hashing, or begins to. Claims become as large as the hashes
   * since the last call were quick, if all of the time was spent hashing.
   */
  void timeHashing() {
    long tookNanos = pace.hash();
    long count = hashCounter.getPlain();
    if (tookNanos >= 0) {
      claimSize.learn(count - learnedHashes, tookNanos);
    }
    learnedHashes = count;
  }

  /** The searches whose nonces are in hand have failed. */
  void fail(Throwable trouble) {
    for (RangeSearch search = claims.anySearch(); search != null; search = claims.anySearch()) {
      miner.failed(search, trouble);
      claims.drop(search);
    }
  }

  // Loading.

  /**
   * Loads every lane, some with nothing of interest if nonces are short; false if none are left.
   */
  private boolean load() {
    int lanes = pipeline.lanes();
    for (int lane = 0; lane < lanes; lane++) {
      Claim claim = claimFor(lane);
      if (claim != null) {
        loaded.load(pipeline, lane, claim);
      } else if (lane == 0) {
        return false;
      } else {
        loaded.loadNothing(pipeline, lane);
      }
    }
    return true;
  }

  /** A claim with nonces for this lane; null if there is none under this seed. */
  private @Nullable Claim claimFor(int lane) {
    Claim open = claims.open();
    if (open != null && open.search().isEnded()) {
      claims.cut(open);
      open = null;
    }
    return open != null ? open : newClaim(lane);
  }

  private @Nullable Claim newClaim(int lane) {
    timeHashing();
    while (true) {
      RangeSearch search = miner.current();
      if (search == null || isOutdated() || !search.task.seed().equals(seed.key)) {
        return null;
      }
      Claim claim = search.isEnded() ? null : claims.take(search, claimSize.after(lane));
      if (claim != null) {
        return claim;
      }
      miner.selectNext();
    }
  }

  // Testing.

  /** Tests the hashes of a batch, each against its own task's target. */
  private void test(LaneBatch batch) {
    for (int lane = 0; lane < hashes.length; lane++) {
      Claim claim = batch.claim(lane);
      if (claim != null) {
        test(batch, lane, claim);
      }
    }
  }

  private void test(LaneBatch batch, int lane, Claim claim) {
    RangeSearch search = claim.search();
    MiningTask task = search.task;
    pipeline.proof(batch.input(lane), task.blobLength(), hashes[lane], proof);
    if (task.shareTarget().isMetBy(proof)) {
      tellShare(search, batch.nonce(lane), hashes[lane].clone());
    }
    hashCounter.setRelease(hashCounter.getPlain() + 1);
    if (claims.countHashed(claim)) {
      miner.completed(search);
    }
  }

  private void tellShare(RangeSearch search, long nonce, byte[] hash) {
    try {
      listener.shareFound(search.task, nonce, hash);
    } catch (Throwable e) {
      miner.failed(search, e);
    }
  }

  /** Gives up what is in hand and frees the pipeline. */
  @Override
  public void close() {
    pipeline.close();
  }
}

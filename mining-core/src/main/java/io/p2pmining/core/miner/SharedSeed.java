package io.p2pmining.core.miner;

import io.p2pmining.core.pow.PreparedSeed;
import java.util.BitSet;

/**
 * A prepared seed and how many mining threads hold pipelines of it. Guarded by the miner's lock but
 * for what says otherwise.
 */
final class SharedSeed {

  final SeedKey key;
  final PreparedSeed prepared;

  /** For how much of the time threads may hash under it, 1 to 100. */
  private final int percent;

  private volatile boolean superseded;
  private volatile MiningShape shape;

  /** The threads whose pipelines computed wrong hashes under it. */
  private final BitSet suspects = new BitSet();

  /** Whether a thread's pipeline computed right hashes under it. */
  private boolean trusted;

  private int users;
  private boolean retired;

  private SharedSeed(SeedKey key, PreparedSeed prepared, int percent, MiningShape shape) {
    this.key = key;
    this.prepared = prepared;
    this.percent = percent;
    this.shape = shape;
  }

  /** The seed of this key. */
  static SharedSeed of(SeedKey key, PreparedSeed prepared, MiningShape shape) {
    return new SharedSeed(key, prepared, Pace.FULL_PERCENT, shape);
  }

  /** A seed that stands in for the one of this key until that is prepared. */
  static SharedSeed interim(SeedKey key, PreparedSeed prepared, int percent, MiningShape shape) {
    return new SharedSeed(key, prepared, percent, shape);
  }

  /** Whether it stands in for another; any thread may ask. */
  boolean isInterim() {
    return prepared.mode() != key.mode();
  }

  /** For how much of the time threads may hash under it now, 1 to 100; any thread may ask. */
  int percent() {
    return superseded ? Pace.FULL_PERCENT : percent;
  }

  /** How threads hash under it now; any thread may ask. */
  MiningShape shape() {
    return shape;
  }

  void setShape(MiningShape shape) {
    this.shape = shape;
  }

  /**
   * Whether another seed has taken its place, or it was given up: threads let go of it when the
   * nonces they have claimed are hashed. Any thread may ask.
   */
  boolean isSuperseded() {
    return superseded;
  }

  void supersede() {
    superseded = true;
    retired = true;
  }

  void addUser() {
    users++;
  }

  void removeUser() {
    if (users == 0) {
      throw new IllegalStateException("released more often than acquired: seed=" + key);
    }
    users--;
  }

  boolean isUnused() {
    return users == 0;
  }

  /** Whether its memory is wanted for another seed: idle threads let go of it. */
  boolean isRetired() {
    return retired;
  }

  void setRetired(boolean retired) {
    this.retired = retired;
  }

  /** The indexes of the threads that computed wrong hashes under it; a view. */
  BitSet suspects() {
    return suspects;
  }

  boolean isTrusted() {
    return trusted;
  }

  void trust() {
    trusted = true;
  }
}

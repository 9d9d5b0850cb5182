package io.p2pmining.core.miner;

import io.p2pmining.core.pow.PreparedSeed;

/**
 * A prepared seed and how many mining threads hold pipelines of it. Guarded by the miner's lock but
 * for the two final fields.
 */
final class SharedSeed {

  final SeedKey key;
  final PreparedSeed prepared;

  private int users;
  private boolean retired;

  SharedSeed(SeedKey key, PreparedSeed prepared) {
    this.key = key;
    this.prepared = prepared;
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
}

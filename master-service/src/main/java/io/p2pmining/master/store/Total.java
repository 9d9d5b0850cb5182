package io.p2pmining.master.store;

import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitState;

/**
 * One of the sums over everything that ever was.
 *
 * @param name how the store calls it
 */
public record Total(String name) {

  static final Total SHARES = new Total("shares");
  static final Total DIFFICULTY = new Total("shares.difficulty");

  static final Total REVOKED = new Total("shares.revoked");
  static final Total REVOKED_DIFFICULTY = new Total("shares.revoked.difficulty");

  static Total units(UnitState state) {
    return new Total("units." + state);
  }

  static Total rejections(Rejection reason) {
    return new Total("shares." + reason);
  }

  static Total blocks(BlockOutcome.State outcome) {
    return new Total("blocks." + outcome);
  }
}

package io.p2pmining.master.job;

import io.p2pmining.common.work.Bytes;

/**
 * What became of a block.
 *
 * @param state where it stands
 * @param blockId the id of the block on the chain, 32 bytes; empty if it is not known
 * @param detail one sentence on how this was found out
 */
public record BlockOutcome(State state, Bytes blockId, String detail) {

  /** Where a submitted block stands. */
  public enum State {
    /** Submitted, not yet confirmed. */
    PENDING,
    /** In the main chain. */
    ACCEPTED,
    /** Valid, but another block has its place in the main chain. */
    ORPHANED,
    /** Refused by the node. */
    REJECTED
  }
}

package io.p2pmining.master.dashboard;

import io.p2pmining.master.job.BlockOutcome;
import java.util.List;

/**
 * What was found lately.
 *
 * @param available whether the database said
 */
record FindingsView(List<Block> blocks, List<Found> shares, boolean available) {

  FindingsView {
    blocks = List.copyOf(blocks);
    shares = List.copyOf(shares);
  }

  /**
   * A block.
   *
   * @param link where an explorer shows it; empty if none is configured
   */
  record Block(
      String height,
      String link,
      String hash,
      String peer,
      String outcome,
      String tone,
      String detail,
      Figure difficulty,
      Figure found) {}

  /** A share. */
  record Found(String peer, Figure difficulty, String hash, boolean block, Figure found) {}

  static String wordFor(BlockOutcome.State state) {
    return switch (state) {
      case PENDING -> "pending";
      case ACCEPTED -> "accepted";
      case ORPHANED -> "orphaned";
      case REJECTED -> "rejected";
    };
  }

  static String toneFor(BlockOutcome.State state) {
    return switch (state) {
      case PENDING -> "busy";
      case ACCEPTED -> "good";
      case ORPHANED -> "warn";
      case REJECTED -> "bad";
    };
  }
}

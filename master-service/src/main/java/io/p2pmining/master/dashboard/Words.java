package io.p2pmining.master.dashboard;

import io.p2pmining.master.work.Rejection;

/** What codes mean. */
final class Words {

  private Words() {}

  /** A reason for which shares are rejected. */
  static String of(Rejection reason) {
    return switch (reason) {
      case BAD_HASH -> "with a wrong hash";
      case LOW_DIFFICULTY -> "above their target";
      case DUPLICATE -> "credited before";
      case STALE -> "too late";
      case OUT_OF_RANGE -> "outside of their range";
      case UNKNOWN_UNIT -> "of an unknown unit";
      case MALFORMED -> "malformed";
    };
  }

  /** What to do about it. */
  static String remedy(Rejection reason) {
    return switch (reason) {
      case BAD_HASH ->
          "Its memory or processor computes wrongly: take back overclocking, test the memory, or"
              + " quarantine it.";
      case STALE, UNKNOWN_UNIT ->
          "Its results come late: check its network, and whether it or the master was restarted.";
      case LOW_DIFFICULTY, DUPLICATE, OUT_OF_RANGE, MALFORMED ->
          "Its program does not keep to the protocol: bring it to the master's version, or"
              + " quarantine it.";
    };
  }

  /** A noun that goes with a number. */
  static String many(long count, String one, String more) {
    return Figures.count(count).text() + " " + (count == 1 ? one : more);
  }
}

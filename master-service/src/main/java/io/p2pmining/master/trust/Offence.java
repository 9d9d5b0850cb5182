package io.p2pmining.master.trust;

import io.p2pmining.master.work.Rejection;

/** What a peer can do wrong. Each counts on its own. */
public enum Offence {
  /** A share with a wrong hash. */
  BAD_HASH("shares with a wrong hash"),
  /** A share that was credited before. */
  DUPLICATE("duplicate shares"),
  /** A share above its target. */
  LOW_DIFFICULTY("shares above their target"),
  /** A share outside of its range, or that makes no sense. */
  MALFORMED("malformed shares"),
  /** A share of an obsolete job or an unknown lease. */
  STALE("stale shares"),
  /** A share that another peer found in a range that the peer says it has searched. */
  MISSED_SHARE("shares missed in searched ranges");

  private final String plural;

  Offence(String plural) {
    this.plural = plural;
  }

  /** The offence that a rejected share is, if its peer is to blame. */
  static Offence of(Rejection reason) {
    return switch (reason) {
      case BAD_HASH -> BAD_HASH;
      case DUPLICATE -> DUPLICATE;
      case LOW_DIFFICULTY -> LOW_DIFFICULTY;
      case OUT_OF_RANGE, MALFORMED -> MALFORMED;
      case STALE, UNKNOWN_UNIT -> STALE;
    };
  }

  /** Several of them, for operators. */
  String plural() {
    return plural;
  }
}

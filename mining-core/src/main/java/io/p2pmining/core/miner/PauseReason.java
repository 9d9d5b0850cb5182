package io.p2pmining.core.miner;

/**
 * Why a {@link Miner} does not hash although it could. Reasons are independent: hashing goes on
 * when none is left.
 */
public enum PauseReason {
  /** Somebody asked for it. */
  REQUEST("paused on request"),
  /** The machine's mains supply is off. */
  ON_BATTERY("this machine runs on its battery"),
  /** Somebody works at the machine. */
  DESKTOP_ACTIVE("somebody is using this machine"),
  /** Whoever gives the work wants none done at present, or cannot take its results. */
  NO_WORK("nobody takes the results at present");

  private final String sentence;

  PauseReason(String sentence) {
    this.sentence = sentence;
  }

  /** The reason in words for an operator. */
  public String sentence() {
    return sentence;
  }
}

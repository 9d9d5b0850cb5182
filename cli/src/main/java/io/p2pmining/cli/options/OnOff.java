package io.p2pmining.cli.options;

/** Whether something is done where it is possible. */
public enum OnOff {
  /** Where it is possible. */
  AUTO,
  /** Not at all. */
  OFF
}

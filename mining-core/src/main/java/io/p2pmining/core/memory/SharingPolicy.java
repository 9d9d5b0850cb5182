package io.p2pmining.core.memory;

/** Whether processes share large tables. */
public enum SharingPolicy {
  /** Where they can; where they cannot, each has its own. */
  AUTO,
  /** Nothing is computed where they cannot. */
  REQUIRED,
  /** Each has its own. */
  OFF
}

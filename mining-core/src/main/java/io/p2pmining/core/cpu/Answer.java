package io.p2pmining.core.cpu;

/** An answer of a system that may not know. */
public enum Answer {
  YES,
  NO,
  UNKNOWN
}

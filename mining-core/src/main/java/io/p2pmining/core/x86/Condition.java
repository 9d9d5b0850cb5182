package io.p2pmining.core.x86;

/** When a conditional jump is taken; in the order of the encoding. */
public enum Condition {
  OVERFLOW,
  NO_OVERFLOW,
  BELOW,
  ABOVE_OR_EQUAL,
  ZERO,
  NOT_ZERO,
  BELOW_OR_EQUAL,
  ABOVE,
  SIGN,
  NO_SIGN,
  PARITY_EVEN,
  PARITY_ODD,
  LESS,
  GREATER_OR_EQUAL,
  LESS_OR_EQUAL,
  GREATER
}

package io.p2pmining.core.x86;

/** A rounding mode as an AVX-512 instruction carries it; in the order of the encoding. */
public enum Rounding {
  NEAREST,
  DOWN,
  UP,
  TOWARDS_ZERO
}

package io.p2pmining.core.x86;

/** A general-purpose register of 64 bits, in the order of the encoding. */
public enum Gpr implements Operand {
  RAX,
  RCX,
  RDX,
  RBX,
  RSP,
  RBP,
  RSI,
  RDI,
  R8,
  R9,
  R10,
  R11,
  R12,
  R13,
  R14,
  R15;

  private static final Gpr[] ALL = values();

  /** The register of this number, 0 to 15. */
  public static Gpr of(int number) {
    return ALL[number];
  }

  int number() {
    return ordinal();
  }
}

package io.p2pmining.core.x86;

import io.p2pmining.core.x86.VectorRegister.Width;

/** Chooses the operands of instructions under test. */
interface Operands {

  /** Any general-purpose register. */
  Gpr gpr();

  /** A vector register below {@code count}. */
  VectorRegister vector(Width width, int count);

  /** Whether an operand that may lie in memory does. */
  boolean inMemory();

  /**
   * A place in memory; label addresses count from the end of the instruction.
   *
   * @param bytes the size of the operand there
   */
  Address address(int bytes);

  /** An immediate of 8 bits, unsigned. */
  int immediate8();

  /** An immediate of 32 bits. */
  int immediate32();

  /** An immediate of 64 bits. */
  long immediate64();
}

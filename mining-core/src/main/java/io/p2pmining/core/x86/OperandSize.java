package io.p2pmining.core.x86;

/** How many bits of general-purpose operands an instruction works on. */
enum OperandSize {
  BITS_32,
  BITS_64
}

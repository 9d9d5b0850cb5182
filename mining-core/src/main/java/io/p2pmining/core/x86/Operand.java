package io.p2pmining.core.x86;

/** What an instruction reads or writes: a register or a place in memory. */
public sealed interface Operand permits Gpr, VectorRegister, Address {}

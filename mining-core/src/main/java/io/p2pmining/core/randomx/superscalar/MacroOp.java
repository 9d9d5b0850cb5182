package io.p2pmining.core.randomx.superscalar;

/**
 * What the reference CPU decodes instructions into (specification, table 6.2.1): how many cycles
 * until the result is there, and on which ports each of up to two micro-ops can run. A macro-op's
 * size is its slot's in {@link DecoderGroup}.
 */
enum MacroOp {
  SUB_RR(1, Ports.P015),
  XOR_RR(1, Ports.P015),
  LEA_SIB(1, Ports.P01),
  IMUL_RR(3, Ports.P1),
  /** The multiplication of IMUL_RCP, which waits for the constant. */
  IMUL_RR_AFTER_MOV(3, Ports.P1),
  ROR_RI(1, Ports.P05),
  ADD_RI(1, Ports.P015),
  XOR_RI(1, Ports.P015),
  MOV_RR(0, Ports.NONE),
  MUL_R(4, Ports.P1, Ports.P5),
  IMUL_R(4, Ports.P1, Ports.P5),
  MOV_RI(1, Ports.P015);

  private final int latency;
  private final int firstPorts;
  private final int secondPorts;

  MacroOp(int latency, int firstPorts) {
    this(latency, firstPorts, Ports.NONE);
  }

  MacroOp(int latency, int firstPorts, int secondPorts) {
    this.latency = latency;
    this.firstPorts = firstPorts;
    this.secondPorts = secondPorts;
  }

  int latency() {
    return latency;
  }

  /** The ports, as a set of {@link Ports}, on which the first micro-op can run; none if moved. */
  int firstPorts() {
    return firstPorts;
  }

  /** The ports on which the second micro-op can run; none if there is no second one. */
  int secondPorts() {
    return secondPorts;
  }

  /** Whether it cannot start before the macro-op ahead of it is finished. */
  boolean waitsForPrevious() {
    return this == IMUL_RR_AFTER_MOV;
  }
}

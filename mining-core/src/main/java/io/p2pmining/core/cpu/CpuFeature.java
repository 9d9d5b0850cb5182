package io.p2pmining.core.cpu;

/** An extension of the x86-64 instruction set that generated code may use. */
public enum CpuFeature {
  /** The base set; every x86-64 processor has it. */
  SSE2,
  /** Rounds of AES. */
  AES,
  /** Three operands and 256-bit floating point. */
  AVX,
  /** 256-bit integers. */
  AVX2,
  /** ANDN, BEXTR, BLSR and others. */
  BMI1,
  /** MULX, RORX, shifts without flags and others. */
  BMI2,
  /** Rounds of AES on 256 bits, with {@link #AVX512F} on 512. */
  VAES,
  /** 512 bits, masks and rounding modes within instructions. */
  AVX512F,
  /** Products of 64-bit integers. */
  AVX512DQ,
  /** Bytes and words. */
  AVX512BW,
  /** The instructions of AVX-512 on 128 and 256 bits. */
  AVX512VL,
  /** Products of 52-bit integers. */
  AVX512IFMA
}

package io.p2pmining.core.randomx.compiler;

/**
 * What the generated code may use beyond the base set of x86-64.
 *
 * @param avx512 AVX-512 F, BW, DQ and VL
 * @param bmi2 MULX and RORX
 * @param aes AES rounds
 */
public record CompilerTarget(boolean avx512, boolean bmi2, boolean aes) {}

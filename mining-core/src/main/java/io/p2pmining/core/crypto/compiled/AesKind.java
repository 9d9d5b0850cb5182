package io.p2pmining.core.crypto.compiled;

/** The instructions that compute rounds of AES. */
public enum AesKind {
  /** AES-NI: a block at a time. */
  AES_NI,
  /** VAES with AVX2: two blocks at a time; AES-NI where a lane is alone. */
  VAES_256,
  /** VAES with AVX-512 (F and DQ): four blocks at a time; AES-NI where a lane is alone. */
  VAES_512
}

package io.p2pmining.core.crypto.compiled;

/** What is computed for every lane of a call. */
enum AesRoutine {
  /** AesGenerator1R over the scratchpad; the state moves on. */
  FILL,
  /** AesHash1R of the scratchpad. */
  HASH,
  /** AesHash1R of what the scratchpad holds, and AesGenerator1R over it, in one pass. */
  HASH_AND_FILL,
  /** AesGenerator4R over the program buffer; the state moves on. */
  GENERATE_PROGRAM;

  boolean hashes() {
    return this == HASH || this == HASH_AND_FILL;
  }

  boolean fills() {
    return this == FILL || this == HASH_AND_FILL;
  }
}

package io.p2pmining.core.pow;

import java.util.Locale;

/** The newest processor extensions that generated machine code may use. */
public enum InstructionLimit {
  /** Whatever the processor has. */
  AUTO,
  /** Up to AVX-512. */
  AVX512,
  /** Up to AVX2, BMI2 and AES on 256 bits. */
  AVX2,
  /** The base set of the processor family, and its AES instructions. */
  NONE,
  /** The base set alone; AES is computed in software. */
  NO_AES;

  /** The name in options and reports: {@code auto}, {@code avx512} … {@code no-aes}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

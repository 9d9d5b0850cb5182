package io.p2pmining.core.x86;

/**
 * A vector register. Numbers from 16 on exist with AVX-512 only.
 *
 * @param number 0 to 31
 * @param width how much of it an instruction works on
 */
public record VectorRegister(int number, Width width) implements Operand {

  /** How much of a vector register an instruction works on. */
  public enum Width {
    /** 128 bits. */
    XMM(16),
    /** 256 bits. */
    YMM(32),
    /** 512 bits. */
    ZMM(64);

    private final int bytes;

    Width(int bytes) {
      this.bytes = bytes;
    }

    /** The width in bytes. */
    public int bytes() {
      return bytes;
    }
  }

  private static final int COUNT = 32;

  public VectorRegister {
    if (number < 0 || number >= COUNT) {
      throw new IllegalArgumentException("number=" + number + ", must be 0 to 31");
    }
  }

  /** The 128-bit register of this number. */
  public static VectorRegister xmm(int number) {
    return new VectorRegister(number, Width.XMM);
  }

  /** The 256-bit register of this number. */
  public static VectorRegister ymm(int number) {
    return new VectorRegister(number, Width.YMM);
  }

  /** The 512-bit register of this number. */
  public static VectorRegister zmm(int number) {
    return new VectorRegister(number, Width.ZMM);
  }

  /** The same register in another width. */
  public VectorRegister as(Width other) {
    return new VectorRegister(number, other);
  }
}

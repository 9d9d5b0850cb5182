package io.p2pmining.core.x86;

import io.p2pmining.core.x86.VectorOperation.Map;
import io.p2pmining.core.x86.VectorOperation.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * The prefixes that hold the upper bits of register numbers (Intel's manual, volume 2, sections
 * 2.2.1, 2.3 and 2.7.1). Belongs to one thread.
 *
 * <p>{@code reg}, {@code vvvv} and {@code rm} are the operands in the fields of these names, {@code
 * vvvv} is 0 for instructions without it. VEX and EVEX hold bits of registers inverted.
 */
final class Prefixes {

  private static final int REX = 0x40;
  private static final int VEX_2 = 0xC5;
  private static final int VEX_3 = 0xC4;
  private static final int EVEX = 0x62;

  private final CodeBuffer code;

  Prefixes(CodeBuffer code) {
    this.code = code;
  }

  /** A REX prefix, unless nothing needs it. */
  void rex(OperandSize size, int reg, Operand rm) {
    int w = size == OperandSize.BITS_64 ? 1 : 0;
    int r = reg >>> 3 & 1;
    int x = indexExtension(rm) & 1;
    int b = baseExtension(rm) & 1;
    int bits = w << 3 | r << 2 | x << 1 | b;
    if (bits != 0) {
      code.put(REX | bits);
    }
  }

  /** A VEX prefix, of two bytes if that says it. */
  void vex(Map map, Prefix prefix, int w, int reg, int vvvv, boolean wide256, Operand rm) {
    int r = ~reg >>> 3 & 1;
    int x = ~indexExtension(rm) & 1;
    int b = ~baseExtension(rm) & 1;
    int tail = (~vvvv & 15) << 3 | (wide256 ? 1 << 2 : 0) | prefix.ordinal();
    if (x == 1 && b == 1 && w == 0 && map == Map.M0F) {
      code.put(VEX_2);
      code.put(r << 7 | tail);
    } else {
      code.put(VEX_3);
      code.put(r << 7 | x << 6 | b << 5 | map.number());
      code.put(w << 7 | tail);
    }
  }

  /**
   * An EVEX prefix.
   *
   * @param control length or rounding, and mask, see {@link Evex}
   */
  void evex(Map map, Prefix prefix, int w, int reg, int vvvv, int control, Operand rm) {
    int r = ~reg >>> 3 & 1;
    int r2 = ~reg >>> 4 & 1;
    int x = ~indexExtension(rm) & 1;
    int b = ~baseExtension(rm) & 1;
    int v2 = ~vvvv >>> 4 & 1;
    code.put(EVEX);
    code.put(r << 7 | x << 6 | b << 5 | r2 << 4 | map.number());
    code.put(w << 7 | (~vvvv & 15) << 3 | 1 << 2 | prefix.ordinal());
    code.put(control | v2 << 3);
  }

  /** Bit X belongs to an index, and in EVEX to bit 4 of a vector register. */
  private static int indexExtension(Operand rm) {
    return switch (rm) {
      case Gpr _ -> 0;
      case VectorRegister register -> register.number() >>> 4;
      case Address address -> extension(address.index());
    };
  }

  /** Bit B belongs to a base, and to bit 3 of a register. */
  private static int baseExtension(Operand rm) {
    return switch (rm) {
      case Gpr register -> extension(register);
      case VectorRegister register -> register.number() >>> 3;
      case Address address -> extension(address.base());
    };
  }

  private static int extension(@Nullable Gpr part) {
    return part == null ? 0 : part.number() >>> 3;
  }
}

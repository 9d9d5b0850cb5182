package io.p2pmining.core.x86;

import java.util.Locale;

/** Operands in Intel syntax, letter for letter as objdump prints them. */
final class IntelSyntax {

  private static final String[] LOW_32 = {"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"};

  private static final String[] LOW_8 = {"al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil"};

  private IntelSyntax() {}

  static String text(Gpr register) {
    return register.name().toLowerCase(Locale.ROOT);
  }

  static String text32(Gpr register) {
    int number = register.ordinal();
    return number < LOW_32.length ? LOW_32[number] : "r" + number + "d";
  }

  static String text8(Gpr register) {
    int number = register.ordinal();
    return number < LOW_8.length ? LOW_8[number] : "r" + number + "b";
  }

  static String text(VectorRegister register) {
    return register.width().name().toLowerCase(Locale.ROOT) + register.number();
  }

  /** An operand of this many bytes. */
  static String text(Operand operand, int bytes) {
    return switch (operand) {
      case Gpr register -> bytes == Integer.BYTES ? text32(register) : text(register);
      case VectorRegister register -> text(register);
      case Address address -> size(bytes) + " PTR " + text(address);
    };
  }

  static String text(Address address) {
    int displacement = address.displacement();
    StringBuilder text = new StringBuilder("[");
    Gpr base = address.base();
    text.append(base == null ? "rip" : text(base));
    Gpr index = address.index();
    if (index != null) {
      text.append('+').append(text(index)).append('*').append(address.scale());
    }
    if (base == null) {
      text.append('+').append(hex(displacement));
    } else if (displacement != 0 || needsDisplacement(base)) {
      text.append(displacement < 0 ? '-' : '+').append(hex(Math.abs((long) displacement)));
    }
    return text.append(']').toString();
  }

  static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  static String hex32(int value) {
    return "0x" + Integer.toHexString(value);
  }

  private static boolean needsDisplacement(Gpr base) {
    return base == Gpr.RBP || base == Gpr.R13;
  }

  private static String size(int bytes) {
    return switch (bytes) {
      case 1 -> "BYTE";
      case 4 -> "DWORD";
      case 8 -> "QWORD";
      case 16 -> "XMMWORD";
      case 32 -> "YMMWORD";
      case 64 -> "ZMMWORD";
      default -> throw new IllegalArgumentException("bytes=" + bytes);
    };
  }
}

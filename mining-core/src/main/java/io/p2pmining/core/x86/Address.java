package io.p2pmining.core.x86;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in memory: {@code base + index × scale + displacement}, or relative to a label.
 *
 * @param base null only together with a label
 * @param index null for none, and beside a label; never RSP
 * @param scale 1, 2, 4 or 8
 * @param displacement signed bytes
 * @param label the code position that the displacement counts from; null for none
 */
public record Address(
    @Nullable Gpr base, @Nullable Gpr index, int scale, int displacement, @Nullable Label label)
    implements Operand {

  public Address {
    if ((base == null) == (label == null)) {
      throw new IllegalArgumentException("an address has either a base or a label");
    }
    if (index != null && label != null) {
      throw new IllegalArgumentException("an address relative to a label has no index");
    }
    if (index == Gpr.RSP) {
      throw new IllegalArgumentException("RSP cannot be an index");
    }
    if (Integer.bitCount(scale) != 1 || scale > 8 || scale < 1) {
      throw new IllegalArgumentException("scale=" + scale + ", must be 1, 2, 4 or 8");
    }
  }

  /** {@code [base]}. */
  public static Address at(Gpr base) {
    return at(base, 0);
  }

  /** {@code [base + displacement]}. */
  public static Address at(Gpr base, int displacement) {
    return new Address(Objects.requireNonNull(base), null, 1, displacement, null);
  }

  /** {@code [base + index]}. */
  public static Address at(Gpr base, Gpr index) {
    return at(base, index, 1, 0);
  }

  /** {@code [base + index × scale + displacement]}. */
  public static Address at(Gpr base, Gpr index, int scale, int displacement) {
    return new Address(Objects.requireNonNull(base), index, scale, displacement, null);
  }

  /** A position in the code itself. */
  public static Address of(Label label) {
    return new Address(null, null, 1, 0, label);
  }

  /** The place this many bytes further on. */
  public Address plus(int bytes) {
    return new Address(base, index, scale, displacement + bytes, label);
  }
}

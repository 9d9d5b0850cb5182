package io.p2pmining.core.x86;

import java.util.ArrayList;
import java.util.List;

/** Distances to labels, which are written once the labels are bound. Belongs to one thread. */
final class References {

  /** Where a 32-bit distance belongs; it counts from {@code end}. */
  private record NearReference(int position, int end, int displacement, Label label) {

    int distance() {
      return label.position() + displacement - end;
    }
  }

  /** Where an 8-bit distance belongs; it counts from the next byte. */
  private record ShortReference(int position, Label label) {

    int distance() {
      return label.position() - position - Byte.BYTES;
    }
  }

  private final CodeBuffer code;
  private final List<NearReference> nearReferences = new ArrayList<>();
  private final List<ShortReference> shortReferences = new ArrayList<>();

  References(CodeBuffer code) {
    this.code = code;
  }

  /**
   * Leaves room for 32 bits: the distance from the end of the instruction to a label.
   *
   * @param displacement how many bytes behind the label is meant
   * @param trailing how many bytes of the instruction are still to come
   */
  void near(Label label, int displacement, int trailing) {
    int position = code.length();
    nearReferences.add(
        new NearReference(position, position + Integer.BYTES + trailing, displacement, label));
    code.putInt(0);
  }

  /** Leaves room for 8 bits: the distance from the next byte to a label. */
  void shortJump(Label label) {
    shortReferences.add(new ShortReference(code.length(), label));
    code.put(0);
  }

  /**
   * Writes all distances.
   *
   * @throws IllegalStateException if a label is not bound, or too far for 8 bits
   */
  void resolve() {
    for (ShortReference reference : shortReferences) {
      int distance = reference.distance();
      if (distance != (byte) distance) {
        throw new IllegalStateException("too far for a short jump: distance=" + distance);
      }
      code.set(reference.position, distance);
    }
    for (NearReference reference : nearReferences) {
      code.setInt(reference.position, reference.distance());
    }
  }
}

package io.p2pmining.core.x86;

/** A position in code that jumps and addresses refer to. Belongs to one assembler. */
public final class Label {

  private static final int UNBOUND = -1;

  private int position = UNBOUND;

  /** Whether the position is known. */
  public boolean isBound() {
    return position != UNBOUND;
  }

  /**
   * The position in bytes from the beginning of the code.
   *
   * @throws IllegalStateException if it is not known yet
   */
  public int position() {
    if (!isBound()) {
      throw new IllegalStateException("a label was used and never bound");
    }
    return position;
  }

  void bind(int newPosition) {
    if (isBound()) {
      throw new IllegalStateException("label bound twice: position=" + position);
    }
    position = newPosition;
  }
}

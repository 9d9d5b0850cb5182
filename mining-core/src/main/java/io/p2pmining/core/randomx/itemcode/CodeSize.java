package io.p2pmining.core.randomx.itemcode;

/** A check on what code was expected to come to. */
final class CodeSize {

  private CodeSize() {}

  /**
   * Makes sure that code fits where it was to go.
   *
   * @throws IllegalStateException if it does not, which is a fault of the estimate
   */
  static void require(int bytes, int maxBytes) {
    if (bytes > maxBytes) {
      throw new IllegalStateException("code size=" + bytes + ", expected at most " + maxBytes);
    }
  }
}

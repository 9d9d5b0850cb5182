package io.p2pmining.worker.node;

import io.p2pmining.core.pow.HashingMode;
import org.jspecify.annotations.Nullable;

/** How much memory the operator wants spent on hashing. */
public enum ModeSetting {
  /** As much as helps, where memory allows. */
  AUTO,
  /** The least. */
  LIGHT,
  /** As much as helps; hashing stops where memory does not suffice. */
  FULL;

  /** The mode that is set; null if memory decides. */
  public @Nullable HashingMode wanted() {
    return switch (this) {
      case AUTO -> null;
      case LIGHT -> HashingMode.LIGHT;
      case FULL -> HashingMode.FULL;
    };
  }
}
